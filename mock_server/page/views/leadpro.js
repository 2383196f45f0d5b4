// LeadPro as an estate agent sees it: leads by stage, a lead with its valuation and its office.

import {Copy, Details, Empty, Facts, Form, Json, Loaded, Search, Time} from '../parts.js';
import {read, send, useLoad} from '../calling.js';
import {curl} from '../curl.js';
import {OfficeMap} from '../map.js';
import {html} from '../drawing.js';
import {ask, asked, href, rest, world} from '../place.js';

const STAGES = ['Unread', 'In progress', 'Business'];
const SOURCES = {ivt: 'Instant Valuation', homepage: 'Website', rightmove: 'Rightmove', zoopla: 'Zoopla', onthemarket: 'OnTheMarket'};
const MOST = 1000;

const pounds = new Intl.NumberFormat('en-GB', {style: 'currency', currency: 'GBP', maximumFractionDigits: 0});
const money = (value) => (value === null || value === undefined ? null : pounds.format(value));
const typed = (type) => (type ?? 'lead').replaceAll('_', ' ');

export function LeadPro() {
  const id = rest.value[0];
  const leads = useLoad('leadpro leads', (end) => read(`/sandbox/leadpro/leads?limit=${MOST}`, end));
  const offices = useLoad('leadpro offices', async (end) => (await read('/api/v103/offices', end)).data);
  const map = useLoad('leadpro map', async (end) => { const [placed, ways] = await Promise.all([read('/sandbox/leadpro/offices', end), read(`/sandbox/leadpro/routes?limit=${MOST}`, end)]); return {offices: placed.results, routes: ways.results}; });
  const keep = {q: asked('q')};
  return html`<div class="split ${id ? 'is-open' : ''}"><section class="list"><h1>LeadPro</h1>
    <div class="filters"><${Search} value=${asked('q')} onSearch=${(q) => ask({q})} label="Search leads and their meta" /></div>
    <${Loaded} of=${leads} what="the leads">${(found) => html`<${Stages} leads=${found.results} keep=${keep} id=${id} /><h2>Offices</h2><${Loaded} of=${offices} what="the offices">${(all) => html`<${Offices} offices=${all} leads=${found.results} />`}<//>`}<//>
    <${Loaded} of=${map} what="the map">${({offices: placed, routes}) => html`<h2>Map</h2><${OfficeMap} offices=${placed} routes=${routes} keep=${keep} />`}<//>
    <${Tokens} />
  </section>${id && html`<${Lead} key=${id} id=${id} back=${href(['leadpro'], keep)} />`}</div>`;
}

function Stages({leads, keep, id}) {
  if (!leads.length) {
    const line = curl({method: 'POST', path: '/api/v103/leads', headers: {'x-api-key': `sandbox_${world.value}`, 'content-type': 'application/json'},
      body: {first_name: 'Ada', last_name: 'Okafor', email: 'ada@example.com', phone: '07700 900123', type: 'sale'}});
    return html`<${Empty} curl=${line}>This account has no leads. Send one:<//>`;
  }
  const words = keep.q.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = leads.filter((each) => { const text = JSON.stringify(each).toLowerCase(); return words.every((word) => text.includes(word)); });
  const stages = [...new Set([...STAGES, ...leads.map((each) => each.stage)])];
  return html`<div class="columns">${stages.map((stage) => { const all = shown.filter((each) => each.stage === stage); return html`<section key=${stage} aria-label=${stage}><h2>${stage} <span class="faint">${all.length}</span></h2>
    <ul class="cards">${all.map((each) => html`<li key=${each.id}><a class="card" data-row href=${href(['leadpro', each.id], keep)} aria-current=${String(each.id) === id ? 'true' : undefined}>
      <strong>${each.full_name}</strong><span>${typed(each.type)} · ${SOURCES[each.source] ?? each.source}</span><span class="faint">${each.status} · ${each.office_name ?? 'no office'}</span><span class="faint"><${Time} at=${each.created_at} /></span></a></li>`)}</ul>
    ${!all.length && html`<p class="faint">None.</p>`}</section>`; })}</div>`;
}

function Lead({id, back}) {
  const loaded = useLoad(`leadpro lead ${id}`, (end) => read(`/api/v103/leads/${encodeURIComponent(id)}`, end));
  const statuses = useLoad('leadpro statuses', (end) => read('/api/v103/statuses', end), {isLive: false});
  return html`<${Details} title=${loaded.value?.full_name ?? `Lead ${id}`} back=${back}><${Loaded} of=${loaded} what="the lead">${(lead) => html`
    <p class="buttons"><${Copy} text=${String(lead.id)} label="Copy id" /><${Copy} text=${curl({path: `/api/v103/leads/${lead.id}`, headers: {'x-api-key': `sandbox_${world.value}`}})} label="Copy as curl" isCurl=${true} /></p>
    ${lead.message && html`<blockquote>${lead.message}</blockquote>`}
    <${Valuation} lead=${lead} />
    <${Facts} of=${[['wants', typed(lead.type)], ['from', SOURCES[lead.source] ?? lead.source], ['status', `${lead.status} (${lead.stage})`], ['email', lead.email], ['phone', lead.phone], ['came', html`<${Time} at=${lead.created_at} isWhole=${true} />`], ['address', [lead.address, lead.postcode].filter(Boolean).join(', ')], ['advert', [lead.advert_address, lead.advert_postcode].filter(Boolean).join(', ')], ['office', routed(lead)]]} />
    ${statuses.value && html`<${Standing} lead=${lead} statuses=${statuses.value} />`}
    ${lead.questionnaire?.length > 0 && html`<h3>Questionnaire</h3><dl class="facts">${lead.questionnaire.map((each) => html`<div key=${each[0]}><dt>${each[0]}</dt><dd>${each[1]}</dd></div>`)}</dl>`}
    ${lead.meta && html`<h3>Meta</h3><${Json} value=${lead.meta} label="Meta" />`}
    <details><summary>All 58 fields</summary><${Json} value=${lead} label="The lead as JSON" /></details>`}<//><//>`;
}

function routed(lead) {
  if (!lead.office_name) return null;
  const metres = lead.out_of_area_distance;
  return `${lead.office_name}, ${metres === null ? 'which covers the postcode or was named' : `the nearest: its area is ${(metres / 1000).toFixed(1)} km away`}`;
}

function Valuation({lead}) {
  if (!lead.valuation_status) return null;
  const line = (name, kind) => html`<div><dt>${name}</dt><dd><strong>${money(lead[`average_${kind}_estimation`]) ?? 'none'}</strong> <span class="faint">${money(lead[`minimum_${kind}_estimation`])} to ${money(lead[`maximum_${kind}_estimation`])}</span></dd></div>`;
  return html`<section class="valuation" aria-label="Valuation"><h3>Instant Valuation</h3><dl class="facts">${line('to sell', 'sale')}${line('to let, a month', 'rent')}</dl>
    <p class="faint">${lead.valuation_status} · ${[lead.property_bedrooms !== null && `${lead.property_bedrooms} bedrooms`, lead.property_type, lead.postcode].filter(Boolean).join(' · ')}</p></section>`;
}

function Standing({lead, statuses}) {
  const change = async ({status}) => {
    await send('PATCH', `/api/v103/leads/${lead.id}`, {status});
    return 'Changed, and told to the webhooks.';
  };
  return html`<${Form} label="Change the status" button="Change" send=${change}><label class="field"><span>New status</span><select name="status">${statuses.map((each) => html`<option key=${each.id} value=${each.name} selected=${each.name === lead.status}>${each.name}</option>`)}</select></label><//>`;
}

function Offices({offices, leads}) {
  const most = Math.max(1, ...offices.map((each) => leads.filter((lead) => lead.office_id === each.id).length));
  return html`<ul class="lines" aria-label="Offices">${offices.map((each) => { const count = leads.filter((lead) => lead.office_id === each.id).length; return html`<li key=${each.id}><span class="name">${each.name} <span class="faint">${each.id}</span></span>
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="full" width=${(100 * count) / most} height="8" /></svg><span>${count} ${count === 1 ? 'lead' : 'leads'}</span></li>`; })}</ul>`;
}

function Tokens() {
  const loaded = useLoad('leadpro tokens', (end) => read('/sandbox/leadpro/tokens', end));
  return html`<h2>Tokens</h2><${Loaded} of=${loaded} what="the tokens">${({results}) => (results.length ? html`<ul class="lines" aria-label="Tokens">${results.map((each) => html`<li key=${each.label}><span class="name">${each.label ?? 'without a label'}</span> <span>${each.requests} calls</span> <span class="faint">${Math.round((100 * each.successes) / Math.max(1, each.requests))} % answered well</span></li>`)}</ul>`
    : html`<${Empty}>No token has called yet. Give each program a label: <code>sandbox_${world.value}.website</code><//>`)}<//>`;
}
