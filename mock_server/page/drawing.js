// What every module draws with: preact's parts under the names used here, and `html`.

import {h, render} from './vendor/preact.mjs';
import htm from './vendor/htm.mjs';

export {render};
export {useEffect, useMemo, useRef, useState} from './vendor/preact-hooks.mjs';
export {batch, computed, effect, signal} from './vendor/preact-signals.mjs';
// Whatever stands in ${} becomes text or an attribute, never markup.
export const html = htm.bind(h);
