// The page: its frame around one view.

import {Frame} from './frame.js';
import {html, render} from './drawing.js';
import {listen} from './keys.js';

listen();
render(html`<${Frame} />`, document.body);
