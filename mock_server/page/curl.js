// A call as a line for the shell.

import {root} from './calling.js';

const quoted = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`;

export function curl({method = 'GET', path, headers = {}, body}) {
  const parts = ['curl'];
  if (method !== 'GET') parts.push('-X', method);
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quoted(`${name}: ${value}`));
  parts.push(quoted(root + path.replace(/^\//, '')));
  if (body !== undefined && body !== null) parts.push('-d', quoted(typeof body === 'string' ? body : JSON.stringify(body)));
  return parts.join(' ');
}
