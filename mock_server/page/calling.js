// How the page calls the server: always in the name of the chosen world, and with the token.

import {signal, useEffect, useRef, useState} from './drawing.js';
import {world} from './place.js';

const KEPT = 'mock-server control token';
// The page may be served under a prefix, so every path begins where the page lies.
export const root = new URL('.', location.href.split('#')[0]).href;

export const token = signal(sessionStorage.getItem(KEPT) || '');
export const isTokenWanted = signal(false);
// Counts what may have changed something: the views that are open then read again.
export const changes = signal(0);
export const isOffline = signal(false);

export function keepToken(text) {
  sessionStorage.setItem(KEPT, text);
  token.value = text;
  isTokenWanted.value = false;
  changes.value += 1;
}

export class Refused extends Error {
  constructor(status, message, answer) {
    super(message);
    this.status = status;
    this.answer = answer;
  }
}

// Its label tells the page's own calls from those of a program.
export const LABEL = 'page';
export const credential = (name = world.value) => `sandbox_${name}.${LABEL}`;

export function headersOf(path, name = world.value) {
  const both = {authorization: `Bearer ${credential(name)}`, 'x-api-key': credential(name)};
  return isControl(path) && token.value ? {...both, 'x-mock-control-token': token.value} : both;
}

export const isControl = (path) => /^\/(__admin|sandbox)\//.test(path);

// Return what came back, whatever its status; raises only where no server answers.
export async function exchange(method, path, body, signalOfEnd, name = world.value) {
  const headers = headersOf(path, name);
  if (body !== undefined) headers['content-type'] = 'application/json';
  const sent = {method, headers, signal: signalOfEnd, cache: 'no-store'};
  if (body !== undefined) sent.body = typeof body === 'string' ? body : JSON.stringify(body);
  let response;
  try {
    response = await fetch(root + path.slice(1), sent);
  } catch (error) {
    if (error.name !== 'AbortError') isOffline.value = true;
    throw error;
  }
  isOffline.value = false;
  const text = await response.text();
  return {status: response.status, text, json: parsed(text), headers: response.headers};
}

// Return the JSON of a good reply; raises `Refused` with the server's own words for any other.
export async function read(path, signalOfEnd) {
  return good(path, await exchange('GET', path, undefined, signalOfEnd));
}

// The same in the name of another world than the chosen one.
export async function readFor(name, path, signalOfEnd) {
  return good(path, await exchange('GET', path, undefined, signalOfEnd, name));
}

export async function send(method, path, body) {
  const json = good(path, await exchange(method, path, body));
  changes.value += 1;
  return json;
}

function good(path, reply) {
  if (reply.status < 400) return reply.json;
  if (reply.status === 401 && isControl(path)) isTokenWanted.value = true;
  throw new Refused(reply.status, messageOf(reply), reply.json);
}

// Find the sentence in an error of any of the three shapes.
export function messageOf({json, status, text = ''}) {
  const said = json?.error?.message ?? json?.message ?? json?.error ?? text;
  return (Array.isArray(said) ? said.join('; ') : String(said)) || `The server answered ${status}.`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Load something whenever `key` changes, or something may have changed; keep what is known till then.
export function useLoad(key, load, {isLive = true} = {}) {
  const [state, setState] = useState({key, value: undefined, error: null});
  const latest = useRef(load);
  latest.current = load;
  const change = isLive ? changes.value : 0;
  useEffect(() => {
    const end = new AbortController();
    latest.current(end.signal).then(
      (value) => { if (!end.signal.aborted) setState({key, value, error: null}); },
      (error) => {
        if (end.signal.aborted) return;
        setState((before) => ({key, value: before.key === key ? before.value : undefined, error}));
      },
    );
    return () => end.abort();
  }, [key, world.value, change, token.value]);
  const isKnown = state.key === key;
  return {value: isKnown ? state.value : undefined, error: isKnown ? state.error : null};
}
