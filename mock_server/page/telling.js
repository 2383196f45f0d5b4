// The story that is told in the chosen world: where it is, on, back, and anew.

import {read, send} from './calling.js';
import {signal} from './drawing.js';
import {world} from './place.js';

export const told = signal(null); // The story as the server tells it, null until it is known.
export const isBusy = signal(false);
export const tellingError = signal(null);
let shown = '';

const path = (name) => `/__admin/stories/${encodeURIComponent(name)}`;

// Ask where a story is in the chosen world; what is known of another one is dropped at once.
export async function look(name) {
  const key = `${name} in ${world.peek()}`;
  if (shown !== key) told.value = null;
  shown = key;
  await act(key, () => read(path(name)));
}

export const begin = (name, reset) => tell(name, 'begin', {reset});

// Go on: the first step on a story that was not begun begins it.
export function goOn(name) {
  const story = told.peek();
  if (!story || story.is_over) return undefined;
  return story.step === null ? begin(name, false) : tell(name, 'step');
}

export function goBack(name) {
  return told.peek()?.step ? tell(name, 'back') : undefined;
}

// While one call is under way no other is made, however often a key is pressed.
function tell(name, action, body = {}) {
  if (isBusy.peek()) return undefined;
  return act(shown, () => send('POST', `${path(name)}/${action}`, body));
}

async function act(key, call) {
  isBusy.value = true;
  tellingError.value = null;
  try {
    const story = await call();
    if (key === shown) told.value = story;
  } catch (error) {
    if (key === shown) tellingError.value = error;
  } finally {
    isBusy.value = false;
  }
}
