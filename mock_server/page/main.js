// The page: its frame around one view.

import {Frame} from './frame.js';
import {html, render} from './drawing.js';
import {listen} from './keys.js';

listen();
// What index.html draws first has the same shape, so nothing moves when this takes its place.
document.body.replaceChildren();
render(html`<${Frame} />`, document.body);
