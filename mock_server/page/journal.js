// The calls of the chosen world as they come: read in one long call after the other.

import {LABEL, changes, isTokenWanted, read} from './calling.js';
import {effect, signal} from './drawing.js';
import {world} from './place.js';

const FIRST = 200;
const MOST = 10_000;
const WAIT_SECONDS = 25;
const PAUSE_AFTER_ERROR = 3000;
const PAUSE_WHILE_BUSY = 500;
const PAUSE_BETWEEN_READINGS = 1000;

export const calls = signal([]); // Newest first.
export const total = signal(0);
export const journalError = signal(null);
export const isKnown = signal(false);
export const isPaused = signal(false);
export const isWithControl = signal(false);
let ending = new AbortController();

effect(() => {
  world.value;
  isWithControl.value;
  calls.value = [];
  isKnown.value = false;
  follow();
});

// Nothing is asked while the tab is hidden; it goes on where it stopped.
document.addEventListener('visibilitychange', () => (document.hidden ? ending.abort() : follow()));

export function pause(is) {
  isPaused.value = is;
  if (is) ending.abort();
  else follow();
}

async function follow() {
  ending.abort();
  const end = (ending = new AbortController());
  while (!end.signal.aborted && !document.hidden && !isPaused.peek()) {
    try {
      const isBusy = await readOn(end.signal);
      journalError.value = null;
      // While many calls come, they are read some at a time, so that the server is left to them.
      if (isBusy) await pass(PAUSE_WHILE_BUSY);
    } catch (error) {
      if (end.signal.aborted) return;
      journalError.value = error;
      await pass(PAUSE_AFTER_ERROR);
    }
    if (isTokenWanted.peek()) return;
  }
}

const pass = (milliseconds) => new Promise((go) => { setTimeout(go, milliseconds); });

async function readOn(signalOfEnd) {
  const last = calls.peek()[0]?.number;
  const control = isWithControl.peek() ? '&control=true' : '';
  const page = last === undefined && !isKnown.peek() ? `limit=${FIRST}` : `limit=1000&after=${last ?? 0}&wait=${WAIT_SECONDS}`;
  const {meta, results} = await read(`/__admin/calls?brief=true&${page}${control}`, signalOfEnd);
  // After a reset the numbers begin anew.
  const isAnew = last !== undefined && (meta.last_number < last || results.some((each) => each.number <= last));
  if (results.length || isAnew) {
    calls.value = [...results.toReversed(), ...(isAnew ? [] : calls.peek())].slice(0, MOST);
  }
  // With `after` the server counts only the calls after that number.
  total.value = last === undefined || isAnew ? meta.total : total.peek() + results.length;
  if (isKnown.peek() && results.some(isNews)) tellSoon();
  isKnown.value = true;
  return results.length > 0;
}

// Only a write of somebody else's means that something may have changed.
const isNews = (call) => call.credential !== LABEL && call.request.method !== 'GET';
let telling = null;

// However many calls come, the views read again at most this often.
function tellSoon() {
  telling ??= setTimeout(() => { telling = null; changes.value += 1; }, PAUSE_BETWEEN_READINGS);
}

// Read what was called before the oldest call that is known.
export async function readOlder() {
  const control = isWithControl.peek() ? '&control=true' : '';
  const {results} = await read(`/__admin/calls?brief=true&limit=1000&offset=${calls.peek().length}${control}`);
  const known = new Set(calls.peek().map((each) => each.number));
  const older = results.toReversed().filter((each) => !known.has(each.number));
  calls.value = [...calls.peek(), ...older];
  return older.length ? `${older.length} more` : 'There are no older calls.';
}

// A token that was given late lets it begin.
effect(() => { if (!isTokenWanted.value) follow(); });
