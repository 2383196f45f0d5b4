// The time line as a picture: what happened left of now, what is due right of it, the nearer the wider.

import {html} from './drawing.js';

const LANES = ['write', 'sync', 'delivery', 'change'];
const HEIGHT = 34;
const LEFT = 90;
const MIDDLE = 540;
const REACH = 420;
const TICKS = [[60, '1 min'], [3600, '1 h'], [86_400, '1 day'], [604_800, '1 week']];

export function Axis({coming, past, at}) {
  const now = Date.parse(at);
  if (Number.isNaN(now)) return null;
  const dots = [...past, ...coming].map((each) => ({...each, seconds: (Date.parse(each.at) - now) / 1000})).filter((each) => !Number.isNaN(each.seconds));
  const most = Math.max(86_400, ...dots.map((each) => Math.abs(each.seconds)));
  // By the logarithm a minute and a week both have room.
  const across = (seconds) => MIDDLE + (Math.sign(seconds) * REACH * Math.log1p(Math.abs(seconds) / 10)) / Math.log1p(most / 10);
  const height = LANES.length * HEIGHT + 24;
  return html`<svg class="axis" viewBox="0 0 1000 ${height}" role="img" aria-label=${`${past.length} things happened and ${coming.length} are due; the lists below tell them`}>
    ${LANES.map((name, lane) => html`<g key=${name}><path class="lane" d="M${LEFT} ${lane * HEIGHT + 17}H1000" /><text x="0" y=${lane * HEIGHT + 22}>${name}</text></g>`)}
    ${TICKS.filter(([seconds]) => seconds <= most).flatMap(([seconds, text]) => [-1, 1].map((side) => html`<g key=${`${side}${text}`}><path class="tick" d="M${across(side * seconds).toFixed(1)} 4V${height - 22}" /><text class="small" x=${across(side * seconds).toFixed(1)} y=${height - 6} text-anchor="middle">${text}</text></g>`))}
    <path class="now" d="M${MIDDLE} 0V${height - 22}" /><text x=${MIDDLE} y=${height - 6} text-anchor="middle">now</text>
    ${dots.map((each) => html`<circle key=${each.what + each.key} class=${`dot ${each.seconds < 0 ? 'past' : 'due'} ${/FAIL|lost|blocked/i.test(each.state) ? 'bad' : ''}`} cx=${across(each.seconds).toFixed(1)} cy=${LANES.indexOf(each.what) * HEIGHT + 17} r="7"><title>${each.at} ${each.what} ${each.text}</title></circle>`)}
  </svg>`;
}
