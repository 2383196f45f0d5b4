// The map of LeadPro's offices: where they stand, what they cover, and which way leads went to them.

import {COAST, NORTHERN_IRELAND} from './coast.js';
import {html} from './drawing.js';
import {href} from './place.js';

const WEST = -8.3;
const NORTH = 58.9;
const UNITS = 100; // For each degree of latitude.
const NARROW = 0.588; // A degree of longitude is so much shorter at 54 degrees north.
const SIZE = [600, 910];

const across = (longitude) => ((longitude - WEST) * NARROW * UNITS).toFixed(1);
const down = (latitude) => ((NORTH - latitude) * UNITS).toFixed(1);
const line = (from, to) => `M${across(from.longitude)} ${down(from.latitude)}L${across(to.longitude)} ${down(to.latitude)}`;
const outline = (coast) => `M${coast.map(([longitude, latitude]) => `${across(longitude)} ${down(latitude)}`).join('L')}Z`;

export function OfficeMap({offices, routes, keep}) {
  const placed = routes.filter((each) => each.position);
  const byId = new Map(offices.map((each) => [each.id, each]));
  const far = placed.filter((each) => each.reason === 'nearest');
  return html`<div class="map"><svg viewBox="0 0 ${SIZE[0]} ${SIZE[1]}" role="img" aria-label=${`Map of Great Britain with ${offices.length} offices and ${placed.length} leads`}>
    <path class="coast" d=${outline(COAST)} /><path class="coast" d=${outline(NORTHERN_IRELAND)} />
    ${offices.flatMap((each) => each.patches.flatMap((patch) => patch.centres.map((centre, at) => html`<circle key=${`${each.id} ${patch.postcode} ${at}`} class="patch" cx=${across(centre.longitude)} cy=${down(centre.latitude)} r="7"><title>${patch.postcode}: ${each.name}</title></circle>`)))}
    ${placed.map((each) => { const office = byId.get(each.office_id); return office && html`<path key=${each.id} class=${each.reason === 'nearest' ? 'way far' : 'way'} d=${line(each.position, office)} />`; })}
    ${placed.map((each) => html`<circle key=${each.id} class="lead" cx=${across(each.position.longitude)} cy=${down(each.position.latitude)} r="4"><title>${each.postcode}, ${each.type}: ${each.office_name}${distance(each)}</title></circle>`)}
    ${labelled(offices).map(({office, x, y, anchor}) => html`<g key=${office.id}><rect class="office" x=${across(office.longitude) - 7} y=${down(office.latitude) - 7} width="14" height="14" /><text x=${x} y=${y} text-anchor=${anchor}>${office.name}</text></g>`)}
  </svg><div><p class="faint">Squares are offices, circles what they cover, dots leads, and each line leads to the office that got the lead.</p>
    ${far.length > 0 && html`<h3>Outside every patch</h3><ul class="lines" aria-label="Leads outside every patch">${far.slice(0, 20).map((each) => html`<li key=${each.id}><a href=${href(['leadpro', each.id], keep)}>${each.postcode}</a> <span>${each.type}</span> <span class="faint">to ${each.office_name}, measured to ${each.patch}${distance(each)}</span></li>`)}</ul>`}</div></div>`;
}

const LETTER = 12; // About as wide as a letter.

// Put each name beside its office where no other name stands: right of it, left, or a line lower.
function labelled(offices) {
  const taken = offices.map((each) => ({left: Number(across(each.longitude)) - 8, wide: 16, y: Number(down(each.latitude)) + 6}));
  return offices.map((office) => {
    const [at, level, wide] = [Number(across(office.longitude)), Number(down(office.latitude)) + 6, office.name.length * LETTER];
    const places = [0, 22, -22, 44].flatMap((lower) => [{x: at + 12, left: at + 12, y: level + lower, anchor: 'start'}, {x: at - 12, left: at - 12 - wide, y: level + lower, anchor: 'end'}]);
    const isFree = ({left, y}) => left > 0 && left + wide < SIZE[0] && taken.every((each) => Math.abs(each.y - y) > 20 || left > each.left + each.wide || left + wide < each.left);
    const place = places.find(isFree) ?? places[0];
    taken.push({...place, wide});
    return {office, ...place};
  });
}

const distance = ({out_of_area_distance: metres}) => (metres === null ? '' : `, ${(metres / 1000).toFixed(1)} km`);
