// Where the reader is: the view, what is chosen in it, and the world, all in the address.

import {computed, effect, signal} from './drawing.js';

const REMEMBERED = 'mock-server world';
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const LAST = 'mock-server worlds';
// The page has two addresses; what stands behind # leads to any view from either.
const FIRST = location.pathname.endsWith('/docs') ? 'reference' : 'calls';

export const hash = signal(location.hash);

// `#/records/leads/abc?world=me&q=ada` is the view `records`, the rest, and what is asked.
const parsed = computed(() => {
  const [path, query = ''] = hash.value.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  return {view: parts[0] || FIRST, rest: parts.slice(1), query: new URLSearchParams(query)};
});

export const view = computed(() => parsed.value.view);
export const rest = computed(() => parsed.value.rest);
export const asked = (name) => parsed.value.query.get(name) ?? '';
export const world = computed(() => {
  const named = parsed.value.query.get('world') ?? '';
  return NAME.test(named) ? named : localStorage.getItem(REMEMBERED) || 'me';
});
export const worldsSeen = signal(JSON.parse(localStorage.getItem(LAST) || '[]'));

export const isWorldName = (text) => NAME.test(text);

// Return the address of a place in a world, with what is asked there.
export function href(parts, query = {}, inWorld = world.value) {
  const given = Object.entries({...query, world: inWorld}).filter(([, text]) => text !== '');
  return `#/${parts.map(encodeURIComponent).join('/')}?${new URLSearchParams(given)}`;
}

export function go(address) {
  location.hash = address;
}

// Change what is asked here without a step in the browser's history.
export function ask(query) {
  const all = {...Object.fromEntries(parsed.value.query), ...query};
  history.replaceState(null, '', href([view.value, ...rest.value], all, world.value));
  hash.value = location.hash;
}

addEventListener('hashchange', () => { hash.value = location.hash; });

// The last worlds are offered again.
effect(() => {
  const name = world.value;
  localStorage.setItem(REMEMBERED, name);
  const seen = [name, ...worldsSeen.peek().filter((each) => each !== name)].slice(0, 8);
  localStorage.setItem(LAST, JSON.stringify(seen));
  worldsSeen.value = seen;
});

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
