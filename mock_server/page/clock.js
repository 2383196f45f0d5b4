// The clock of the chosen world, as it is and as it goes on between two readings.

import {changes, isOffline, isTokenWanted, read, send} from './calling.js';
import {computed, effect, signal} from './drawing.js';
import {world} from './place.js';

export const clock = signal(null);
export const now = signal('');
// What shows thousands of times is drawn again when the day changes, not with every second.
export const today = computed(() => now.value.slice(0, 10));
export const clockError = signal(null);
let readAt = 0;

// The time of the world now: as it was read, and what has passed since if it flows.
function tell() {
  const known = clock.value;
  if (!known) return;
  const passed = known.is_frozen ? 0 : performance.now() - readAt;
  now.value = new Date(Date.parse(known.now) + passed).toISOString();
}

function keep(state) {
  readAt = performance.now();
  clock.value = state;
  clockError.value = null;
  tell();
}

async function look() {
  const asked = world.peek();
  try {
    const state = await read('/__admin/clock');
    if (world.peek() === asked) keep(state);
  } catch (error) {
    clockError.value = error;
  }
}

export async function turn(action, body) {
  keep(await send('POST', action === 'advance' ? '/__admin/clock/advance' : '/__admin/clock', body));
}

effect(() => {
  world.value;
  changes.value;
  look();
});

// Nothing is asked and nothing ticks while the tab is hidden.
setInterval(() => { if (!document.hidden) tell(); }, 1000);
setInterval(() => {
  const isPassed = clock.value?.next_due && now.value > clock.value.next_due;
  if (!document.hidden && !isTokenWanted.value && (isOffline.value || isPassed)) changes.value += 1;
}, 3000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) changes.value += 1; });
