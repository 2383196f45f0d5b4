// What the keyboard does, wherever the reader is.

import {changes} from './calling.js';
import {signal} from './drawing.js';

export const areKeysShown = signal(false);
export const KEYS = [
  ['/', 'go to the search'], ['j', 'next row'], ['k', 'previous row'], ['Enter', 'open the row'],
  ['Escape', 'close the details'], ['c', 'copy the call as curl'], ['r', 'read again'],
  ['1 … 9, 0', 'go to a view'], ['?', 'show or hide the keys'],
];

const rows = () => [...document.querySelectorAll('[data-row]')];

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement);
  const chosen = all.findIndex((each) => each.getAttribute('aria-current') === 'true');
  const from = here >= 0 ? here : chosen;
  const next = all[Math.min(all.length - 1, Math.max(0, from < 0 ? 0 : from + step))];
  next.focus();
  next.scrollIntoView({block: 'nearest'});
}

function press(selector) {
  document.querySelector(selector)?.click();
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => press('[data-curl]'),
  r: () => { changes.value += 1; },
  '/': () => document.querySelector('[data-search]')?.focus(),
  '?': () => { areKeysShown.value = !areKeysShown.value; },
};

export function listen() {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isWriting = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === 'Escape') {
      if (isWriting) event.target.blur();
      else if (areKeysShown.value) areKeysShown.value = false;
      else press('[data-back]');
    } else if (!isWriting && (ACTIONS[event.key] || /^[0-9]$/.test(event.key))) {
      event.preventDefault();
      const act = ACTIONS[event.key] || (() => document.querySelectorAll('nav a')[(Number(event.key) || 10) - 1]?.click());
      act();
    }
  });
}
