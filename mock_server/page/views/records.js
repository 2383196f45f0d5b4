// Records: each list of both APIs as the API answers it, and a record beside what its PMS holds.

import {Act, Copy, Details, Empty, Failure, Field, Form, Json, Loaded, Row, Rows, Search, Time, Word} from '../parts.js';
import {credential, read, send, useLoad} from '../calling.js';
import {curl} from '../curl.js';
import {html, useState} from '../drawing.js';
import {GROUPS, MODELS, gist, headline, words} from '../models.js';
import {ask, asked, go, href, rest, world} from '../place.js';

const PAGE = 250;
// What Propexo alone notes of a record; the PMS knows nothing of it.
const OWN = new Set(['id', 'created_at', 'updated_at', 'last_seen', 'integration_id', 'integration_vendor']);

export function Records() {
  const model = MODELS.get(rest.value[0]) ?? MODELS.get('leads');
  const id = rest.value[1];
  return html`<div class="split ${id ? 'is-open' : ''}"><section class="list"><h1>Records</h1>
    <${List} key=${model.model} model=${model} id=${id} /></section>
    ${id && html`<${One} key=${model.model + id} model=${model} id=${id} back=${href(['records', model.model], {q: asked('q')})} />`}</div>`;
}

function Chooser({model}) {
  const choose = (event) => go(href(['records', event.target.value]));
  return html`<label class="inline">List <select value=${model.model} onChange=${choose}>${GROUPS.map(([title, all]) => html`<optgroup key=${title} label=${title}>
    ${all.map((each) => html`<option key=${each.model} value=${each.model} selected=${each.model === model.model}>${words(each.model)}</option>`)}</optgroup>`)}</select></label>`;
}

// The APIs answer in three shapes: `results`, `data`, and a bare array.
async function page(path, offset, end) {
  const isPaged = !path.startsWith('/api/');
  const found = await read(isPaged ? `${path}?limit=${PAGE}&offset=${offset}` : path, end);
  const records = Array.isArray(found) ? found : found.results ?? found.data;
  return {records, total: found.meta?.total ?? found.total ?? records.length};
}

function List({model, id}) {
  const [wanted, setWanted] = useState(PAGE);
  const loaded = useLoad(`${model.path} ${wanted}`, async (end) => {
    const first = await page(model.path, 0, end);
    while (first.records.length < Math.min(wanted, first.total)) {
      const more = await page(model.path, first.records.length, end);
      if (!more.records.length) break;
      first.records.push(...more.records);
    }
    return first;
  });
  const [kept, setKept] = useState(null);
  if (loaded.value && loaded.value !== kept) setKept(loaded.value);
  const of = {value: loaded.value ?? kept ?? undefined, error: loaded.error};
  return html`<div class="filters"><${Chooser} model=${model} /><${Search} value=${asked('q')} onSearch=${(q) => ask({q})} label="Search ${words(model.model).toLowerCase()}" /></div>
    <${Loaded} of=${of} what=${words(model.model).toLowerCase()}>${(found) => html`<${Found} found=${found} model=${model} id=${id} onAll=${() => setWanted(found.total)} onMore=${() => setWanted(wanted + PAGE)} />`}<//>`;
}

function Found({found, model, id, onAll, onMore}) {
  const {records, total} = found;
  const search = asked('q').toLowerCase().split(/\s+/).filter(Boolean);
  const shown = search.length ? records.filter((each) => { const text = JSON.stringify(each).toLowerCase(); return search.every((word) => text.includes(word)); }) : records;
  const isAll = records.length >= total;
  const line = curl({path: model.path, headers: model.path.startsWith('/api/') ? {'x-api-key': `sandbox_${world.value}`} : {authorization: `Bearer sandbox_${world.value}`}});
  if (!total) return html`<${Empty} curl=${line}>This world has no ${words(model.model).toLowerCase()}. The API says so too:<//>`;
  return html`<p class="faint" role="status">${search.length ? `${shown.length} of ${records.length} searched` : `${records.length}`}${isAll ? '' : ` of ${total} in all`} · <code>GET ${model.path}</code> <${Copy} text=${line} label="Copy as curl" isCurl=${!id} /></p>
    ${!isAll && search.length > 0 && html`<button onClick=${onAll}>Search all ${total}</button>`}
    ${!shown.length ? html`<${Empty}>None of them is like that. Change the search.<//>` : html`<${Rows} label=${words(model.model)}>${shown.map((each) => html`<${Row} key=${each.id} kind="record" isChosen=${String(each.id) === id} to=${href(['records', model.model, each.id], {q: asked('q')})}>
      <span class="name">${headline(each)}</span><span class="faint">${gist(each)}</span><span class="faint label">${each.integration_vendor ?? each.vendor ?? ''}</span><span class="at">${each.updated_at || each.created_at ? html`<${Time} at=${each.updated_at ?? each.created_at} />` : ''}</span><//>`)}<//>`}
    ${!isAll && html`<button onClick=${onMore}>Show ${Math.min(PAGE, total - records.length)} more</button>`}`;
}

// Whose line leads from a lead to a resident.
const PEOPLE = new Set(['leads', 'applicants', 'residents']);

async function fetchRecord(model, id, end) {
  if (model.isListOnly) {
    const {records} = await page(model.path, 0, end);
    return records.find((each) => String(each.id) === id) ?? null;
  }
  const base = model.record ?? (model.path.endsWith('/') ? model.path : `${model.path}/`);
  const found = await read(base + encodeURIComponent(id), end);
  return found.results ?? found.result ?? found;
}

function One({model, id, back}) {
  const loaded = useLoad(`${model.model} ${id}`, (end) => fetchRecord(model, id, end));
  const name = loaded.value ? headline(loaded.value) : id;
  return html`<${Details} title=${name} back=${back}><${Loaded} of=${loaded} what="the record">${(record) => (record === null ? html`<p>There is no such record.</p>` : html`
    <p class="buttons"><${Copy} text=${String(record.id)} label="Copy id" /><${Copy} text=${curl({path: (model.record ?? model.path) + record.id, headers: {authorization: `Bearer ${credential()}`, 'x-api-key': credential()}})} label="Copy as curl" isCurl=${true} />
      ${model.path.startsWith('/v1/') && html`<a href=${href(['webhooks'], {record: record.id})}>its deliveries</a>`}
      ${PEOPLE.has(model.model) && record.email_1 && html`<a href=${href(['propexo', 'person', record.email_1])}>from lead to resident</a>`}</p>
    ${record.integration_id && !model.path.includes('/admin/') ? html`<${BesidePms} model=${model} record=${record} />` : html`<${Fields} record=${record} />`}
    <details><summary>JSON</summary><${Json} value=${record} label="The record as JSON" /></details>`)}<//><//>`;
}

export function Value({of}) {
  if (of === null || of === undefined) return html`<span class="faint">null</span>`;
  if (typeof of === 'object') return html`<code>${JSON.stringify(of)}</code>`;
  return String(of);
}

function Fields({record}) {
  return html`<div class="wide"><table><thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead><tbody>
    ${Object.entries(record).map(([name, value]) => html`<tr key=${name}><th scope="row">${name}</th><td><${Value} of=${value} /></td></tr>`)}</tbody></table></div>`;
}

// What the PMS holds beside what Propexo has read of it.
function BesidePms({model, record}) {
  const path = `/sandbox/pms/${record.integration_id}/${model.model}/${record.id}`;
  const truth = useLoad(path, (end) => read(path, end));
  if (truth.error?.status === 404) {
    return html`<p><${Word} kind="bad">gone<//> The PMS has no such record any more. Propexo keeps its copy, and <code>last_seen</code> stands still.</p><${Fields} record=${record} />`;
  }
  if (truth.error) return html`<${Failure} error=${truth.error} what="what the PMS holds" /><${Fields} record=${record} />`;
  const same = (name) => !truth.value || OWN.has(name) || JSON.stringify(truth.value[name]) === JSON.stringify(record[name]);
  const names = Object.keys(record);
  const different = names.filter((name) => !same(name));
  const ordered = [...different, ...names.filter(same)];
  return html`<p role="status">${!truth.value ? 'Reading the PMS …' : different.length ? html`<${Word}>differs<//> Propexo has not read ${different.length} ${different.length === 1 ? 'field' : 'fields'} yet. The next sync does.` : html`<${Word}>same<//> Propexo has read all that the PMS holds.`}</p>
    <div class="wide"><table class="beside-pms"><thead><tr><th scope="col">Field</th><th scope="col">At the PMS</th><th scope="col">Propexo's copy</th></tr></thead><tbody>
    ${ordered.map((name) => html`<tr key=${name} class=${same(name) ? '' : 'differs'}><th scope="row">${name}${!same(name) && html` <${Word}>differs<//>`}</th>
      <td>${OWN.has(name) ? html`<span class="faint">Propexo's own</span>` : html`<${Value} of=${truth.value?.[name]} />`}</td><td><${Value} of=${record[name]} /></td></tr>`)}</tbody></table></div>
    <${Edit} path=${path} names=${names.filter((name) => !OWN.has(name))} integration=${record.integration_id} />`;
}

function Edit({path, names, integration}) {
  const change = async ({field, value = 'null'}) => {
    await send('PATCH', path, {[field]: jsonOr(value)});
    return 'The PMS has it. The next sync tells Propexo.';
  };
  const sync = async () => {
    await send('POST', `/v1/admin/integrations/${integration}/manual-sync`, {});
    return 'A sync has begun.';
  };
  return html`<h3>Change it at the PMS</h3><${Form} label="Change at the PMS" send=${change} button="Change at the PMS">
    <${Field} name="field" label="Field" choices=${names} /><${Field} name="value" label="New value (text or JSON; empty is null)" /><//>
    <p><${Act} run=${sync}>Sync now<//></p>`;
}

function jsonOr(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
