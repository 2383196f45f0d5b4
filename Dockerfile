# The sandbox as an image: docker build -t mock-server . && docker run -p 127.0.0.1:8080:8080 mock-server
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore
WORKDIR /build

# The dependencies change less often than the code, so they are a layer of their own.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --require-hashes -r requirements.lock \
    && python -m pip install --require-hashes -r requirements-build.lock

COPY . .
RUN python -m hatchling build -t wheel -d dist \
    && /venv/bin/python -m pip install --no-deps --no-index dist/*.whl


FROM python:3.13-slim

COPY --from=build /venv /venv
# A number lets Kubernetes see that it is not root; the home holds the cache of seeded records.
RUN useradd --uid 10001 --create-home sandbox
USER 10001

ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    MOCK_SERVER_HOST=0.0.0.0
EXPOSE 8080

HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["mock-server", "doctor", "--url", "http://127.0.0.1:8080"]

ENTRYPOINT ["mock-server"]
CMD ["serve"]
