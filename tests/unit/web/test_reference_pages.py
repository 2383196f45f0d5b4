"""Is every operation a page of Markdown that one list links?"""

import re

from flask.testing import FlaskClient

from tests.unit.toy import Toy


def test_each_operation_is_a_page_of_markdown_that_the_overview_links(
    toy: Toy, client: FlaskClient
) -> None:
    overview = client.get("/llms.txt", headers={"Host": "toys.test"})
    assert overview.content_type == "text/plain; charset=utf-8"
    links = re.findall(r"- \[(.+)\]\(http://toys.test(/docs/\S+\.md)\)", overview.text)
    assert {key for key, _ in links} == {*toy.api.catalogue.operations}
    for key, path in links:
        page = client.get(path)
        assert page.content_type == "text/markdown; charset=utf-8"
        assert page.text.startswith(f"# {key}\n")
    assert client.get("/docs/toy/none.md").status_code == 404
