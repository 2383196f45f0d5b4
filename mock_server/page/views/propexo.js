// Propexo as a property manager sees it: the systems it reads, and who lives where.

import {Act, Details, Empty, Facts, Loaded, Row, Rows, Search, Time, Word, distance} from '../parts.js';
import {read, send, useLoad} from '../calling.js';
import {html} from '../drawing.js';
import {ask, asked, href, rest} from '../place.js';
import {Person} from './person.js';

const PAGE = 250;
const MOST_PAGES = 8;

async function readAll(path, end) {
  const all = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const {meta, results} = await read(`${path}?limit=${PAGE}&offset=${all.length}`, end);
    all.push(...results);
    if (!meta.hasMore) break;
  }
  return all;
}

export function Propexo() {
  const [id, email] = rest.value;
  const loaded = useLoad('portfolio', async (end) => {
    const [properties, units, leases] = await Promise.all(['/v1/properties/', '/v1/units/', '/v1/leases/'].map((path) => readAll(path, end)));
    return portfolio(properties, units, leases);
  });
  const keep = {q: asked('q')};
  const chosen = loaded.value?.find((each) => each.property.id === id);
  return html`<div class="split ${id ? 'is-open' : ''}"><section class="list"><h1>Propexo</h1><${Integrations} />
    <h2>Properties</h2><div class="filters"><${Search} value=${keep.q} onSearch=${(q) => ask({q})} label="Search properties" /></div>
    <${Loaded} of=${loaded} what="the properties">${(all) => html`<${Properties} all=${all} keep=${keep} id=${id} />`}<//>
  </section>${id === 'person' && html`<${Person} key=${email} email=${email ?? ''} back=${href(['propexo'], keep)} />`}${id && id !== 'person' && html`<${Property} of=${chosen} isKnown=${Boolean(loaded.value)} back=${href(['propexo'], keep)} />`}</div>`;
}

function portfolio(properties, units, leases) {
  const current = new Map(leases.filter((each) => each.status === 'ACTIVE' && each.unit_id).map((each) => [each.unit_id, each]));
  const placed = Map.groupBy(units.map((unit) => ({unit, lease: current.get(unit.id), state: stateOf(unit, current.get(unit.id))})), (each) => each.unit.property_id);
  return properties.map((property) => ({property, units: placed.get(property.id) ?? []}));
}

// Whoever has given notice still lives there.
function stateOf(unit, lease) {
  if (unit.is_vacant) return 'vacant';
  const isLeaving = /notice/i.test(lease?.status_raw ?? '') || lease?.residents_meta_data?.some((each) => each.notice_date && !each.move_out_date);
  return isLeaving ? 'notice' : 'occupied';
}

const counted = (units) => ['occupied', 'notice', 'vacant'].map((state) => units.filter((each) => each.state === state).length);

function Occupancy({units}) {
  const [occupied, notice, vacant] = counted(units);
  const share = (count) => (100 * count) / Math.max(1, units.length);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="full" width=${share(occupied)} height="8" /><rect class="leaving" x=${share(occupied)} width=${share(notice)} height="8" /></svg>
    <span class="counts">${occupied} occupied, ${notice} notice, ${vacant} vacant</span>`;
}

function Properties({all, keep, id}) {
  const words = keep.q.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = all.filter(({property}) => { const text = `${property.name} ${property.city} ${property.state} ${property.integration_vendor}`.toLowerCase(); return words.every((word) => text.includes(word)); });
  if (!shown.length) return html`<${Empty}>${all.length ? 'No property is like that.' : 'No PMS of this world has a property. Sync an integration.'}<//>`;
  return html`<${Rows} label="Properties">${shown.map(({property, units}) => html`<${Row} key=${property.id} kind="property" isChosen=${property.id === id} to=${href(['propexo', property.id], keep)}>
    <span class="name">${property.name ?? property.id} <span class="faint">${[property.city, property.state].filter(Boolean).join(', ')}</span></span><span class="faint label">${property.integration_vendor}</span><${Occupancy} units=${units} /><//>`)}<//>`;
}

function Property({of, isKnown, back}) {
  if (!of) return html`<${Details} title="Property" back=${back}><p>${isKnown ? 'There is no such property in this world.' : 'Loading …'}</p><//>`;
  const {property, units} = of;
  return html`<${Details} title=${property.name ?? property.id} back=${back}>
    <${Facts} of=${[['address', [property.address_1, property.city, property.state, property.zip].filter(Boolean).join(', ')], ['PMS', property.integration_vendor], ['manager', property.manager_name], ['record', html`<a href=${href(['records', 'properties', property.id])}>${property.id}</a>`]]} />
    <p><${Occupancy} units=${units} /></p>
    ${units.length ? html`<div class="wide"><table><thead><tr><th scope="col">Unit</th><th scope="col">State</th><th scope="col">Rent</th><th scope="col">Lease</th></tr></thead><tbody>${units.map(({unit, lease, state}) => html`<tr key=${unit.id}><th scope="row"><a href=${href(['records', 'units', unit.id])}>${unit.number ?? unit.id}</a></th>
      <td><${Word} kind=${{occupied: 'good', notice: 'waiting'}[state]}>${state}<//></td><td class="number">${rent(lease?.rent_amount_in_cents ?? unit.rent_amount_market_in_cents)}</td>
      <td>${lease ? html`<a href=${href(['records', 'leases', lease.id])}>until ${lease.end_date?.slice(0, 10) ?? 'further notice'}</a>` : html`<span class="faint">none known</span>`}</td></tr>`)}</tbody></table></div>` : html`<p class="faint">Propexo reads no units of it.</p>`}<//>`;
}

const rent = (cents) => (typeof cents === 'number' ? `$${(cents / 100).toLocaleString('en-US')}` : '');

function Integrations() {
  const loaded = useLoad('integrations', async (end) => {
    const all = await readAll('/v1/admin/integrations/', end);
    return Promise.all(all.map(async (each) => ({...each, pms: await read(`/sandbox/pms/${each.id}`, end).catch(() => null)})));
  });
  const sync = (each) => async () => {
    await send('POST', `/v1/admin/integrations/${each.id}/manual-sync`, {});
    return 'A sync has begun.';
  };
  return html`<h2>Integrations</h2><${Loaded} of=${loaded} what="the integrations">${(all) => (all.length ? html`<ul class="lines" aria-label="Integrations">${all.map((each) => html`<li key=${each.id}><a class="name" href=${href(['records', 'integrations', each.id])}>${each.name}</a>
    <${Health} of=${each} /><span class="faint">synced <${Time} at=${each.last_completed_sync} />${each.last_completed_sync && ` (${distance(each.last_completed_sync)})`}</span>
    ${each.pms?.unread > 0 && html`<${Word} kind="waiting">${`${each.pms.unread} unread`}<//>`}<span class="buttons"><${Act} kind="small" run=${sync(each)} isOff=${!each.allow_manual_syncs}>Sync<//></span></li>`)}</ul>` : html`<${Empty}>No property system is connected in this world.<//>`)}<//>`;
}

function Health({of}) {
  if (!of.active || of.is_archived) return html`<${Word}>${of.is_archived ? 'archived' : 'switched off'}<//>`;
  if (of.pms?.down_until) return html`<${Word} kind="bad">down<//>`;
  return of.can_authenticate && of.pms?.login_works !== false ? html`<${Word} kind="good">healthy<//>` : html`<${Word} kind="bad">cannot log in<//>`;
}
