// A call as a test for pytest, with the fixture of the package's plugin.

const WORDS = {null: 'None', true: 'True', false: 'False'};

export function pytest({method, path, body}, status) {
  const sent = body === null || body === undefined ? '' : `, json=${python(body)}`;
  const name = `${method} ${path.split('?')[0]}`.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '');
  return [
    `def test_${name}(sandbox):`,
    `    reply = sandbox.client().${method.toLowerCase()}(${python(path)}${sent})`,
    `    assert reply.status_code == ${status}, reply.text`,
    '',
  ].join('\n');
}

// JSON as Python writes it.
export function python(value) {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (value !== null && typeof value === 'object') return `{${Object.entries(value).map(([name, each]) => `${python(name)}: ${python(each)}`).join(', ')}}`;
  return WORDS[JSON.stringify(value)] ?? JSON.stringify(value);
}
