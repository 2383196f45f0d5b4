// Two worlds beside each other: which records only one of them changed, and which both changed differently.

import {Details, Empty, Loaded, Word} from '../parts.js';
import {readFor, useLoad} from '../calling.js';
import {html} from '../drawing.js';
import {href, world} from '../place.js';
import {MODELS} from '../models.js';

const PAGE = 1000;

export function Compare({other, back}) {
  const here = world.value;
  const loaded = useLoad(`compare ${here} ${other}`, async (end) => compared(await changesOf(here, end), await changesOf(other, end)));
  return html`<${Details} title=${`${here} and ${other}`} back=${back}><${Loaded} of=${loaded} what="both worlds">${(rows) => (rows.length ? html`<p class="faint">What each world has changed since it was seeded, where they differ.</p>
    <div class="wide"><table><thead><tr><th scope="col">Record</th><th scope="col">Field</th><th scope="col">${here}</th><th scope="col">${other}</th></tr></thead><tbody>${rows.map((row) => html`<${Row} key=${row.key} of=${row} />`)}</tbody></table></div>` : html`<${Empty}>Both worlds hold the same records.<//>`)}<//><//>`;
}

async function changesOf(name, end) {
  const found = [];
  for (let total = 1; found.length < total;) {
    const page = await readFor(name, `/__admin/changes?limit=${PAGE}&offset=${found.length}`, end);
    found.push(...page.results);
    total = page.results.length ? page.total : found.length;
  }
  return new Map(found.map((each) => [`${each.api} ${each.resource} ${each.id}`, each]));
}

// A row for each record that only one world changed, and for each field that both changed differently.
function compared(here, there) {
  return [...new Set([...here.keys(), ...there.keys()])].sort().flatMap((key) => {
    const [mine, other] = [here.get(key), there.get(key)];
    const [, resource, id] = key.split(' ');
    const record = {resource, id};
    if (!mine || !other || mine.change !== other.change) return [{key, record, field: '', mine: told(mine), other: told(other)}];
    const [one, two] = [fieldsOf(mine), fieldsOf(other)];
    return [...new Set([...Object.keys(one), ...Object.keys(two)])].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(two[name]))
      .map((name) => ({key: `${key} ${name}`, record, field: name, mine: JSON.stringify(one[name]), other: JSON.stringify(two[name])}));
  });
}

const told = (change) => change?.change ?? 'as seeded';
const fieldsOf = (change) => (change.record ? change.record : Object.fromEntries(Object.entries(change.fields ?? {}).map(([name, {after}]) => [name, after])));

function Row({of}) {
  const {record, field, mine, other} = of;
  const name = `${record.resource} ${record.id}`;
  const cell = (text) => (field ? html`<code>${text ?? 'unchanged'}</code>` : html`<${Word} kind=${text === 'as seeded' ? 'plain' : 'waiting'}>${text}<//>`);
  return html`<tr><th scope="row">${MODELS.has(record.resource) ? html`<a href=${href(['records', record.resource, record.id])}>${name}</a>` : name}</th><td>${field || html`<span class="faint">whole</span>`}</td><td>${cell(mine)}</td><td>${cell(other)}</td></tr>`;
}
