// Webhooks: what was sent, each attempt, who is told, and how to send or spoil more.

import {Act, Copy, Details, Empty, Facts, Field, Form, Json, Loaded, Row, Rows, Search, Status, Time, Word, pretty} from '../parts.js';
import {changes, read, send, useLoad} from '../calling.js';
import {now} from '../clock.js';
import {curl} from '../curl.js';
import {html, useEffect, useState} from '../drawing.js';
import {MODELS} from '../models.js';
import {ask, asked, href, rest, world} from '../place.js';

const STATES = [['', 'any state'], 'waiting', 'leaving', 'delivered', 'lost', 'blocked'];
const LOOK_AGAIN = 2000;
const MOST = 200;

export function Webhooks() {
  const id = rest.value[0];
  const query = new URLSearchParams(Object.entries({limit: MOST, state: asked('state'), record_id: asked('record')}).filter(([, text]) => text !== ''));
  const loaded = useLoad(`deliveries ${query}`, (end) => read(`/__admin/deliveries?${query}`, end));
  useUnderWay(loaded.value?.results);
  const keep = {q: asked('q'), state: asked('state'), record: asked('record')};
  return html`<div class="split ${id ? 'is-open' : ''}"><section class="list"><h1>Webhooks</h1>
    <div class="filters"><${Search} value=${asked('q')} onSearch=${(q) => ask({q})} label="Search deliveries" />
      <label class="inline">in <select value=${asked('state')} onChange=${(event) => ask({state: event.target.value})}>${STATES.map((each) => { const [key, text] = [each].flat().length > 1 ? each : [each, each]; return html`<option key=${key} value=${key} selected=${key === asked('state')}>${text}</option>`; })}</select></label>
      ${asked('record') && html`<span>of the record ${asked('record')} <button class="small" onClick=${() => ask({record: ''})}>all</button></span>`}</div>
    <${Loaded} of=${loaded} what="the deliveries">${(found) => html`<${List} found=${found} id=${id} keep=${keep} />`}<//>
    <${Subscriptions} /><${Fire} />
  </section>${id && html`<${Delivery} key=${id} id=${id} back=${href(['webhooks'], keep)} />`}</div>`;
}

// What is due leaves on a thread of its own, so a reading soon after may already be old.
function useUnderWay(deliveries = []) {
  const isUnderWay = deliveries.some((each) => each.state === 'leaving' || (each.state === 'waiting' && each.due_at <= now.peek()));
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const later = setTimeout(() => { if (!document.hidden) changes.value += 1; }, LOOK_AGAIN);
    return () => clearTimeout(later);
  }, [deliveries, isUnderWay]);
}

function List({found, id, keep}) {
  const search = keep.q.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = found.results.filter((each) => { const text = JSON.stringify(each).toLowerCase(); return search.every((word) => text.includes(word)); });
  if (!found.total && !keep.state && !keep.record) {
    return html`<${Empty} curl=${subscribing()}>Nothing was sent to a webhook yet. Subscribe one, then change a record or fire an event below:<//>`;
  }
  if (!shown.length) return html`<${Empty}>No delivery is like that.<//>`;
  return html`<p class="faint" role="status">${shown.length} of ${found.total}</p><${Rows} label="Deliveries, newest first">${shown.map((each) => html`<${Row} key=${each.id} kind="delivery" isChosen=${each.id === id} to=${href(['webhooks', each.id], keep)}>
    <span class="at"><${Time} at=${each.created_at} /></span><span class="name">${each.event}</span><span class="faint path">${each.record_id ?? ''}</span>
    <${Word}>${each.state}<//><span class="faint number">${attempted(each)}</span><//>`)}<//>`;
}

const attempted = ({attempts}) => (attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`);

function subscribing() {
  return curl({method: 'POST', path: '/v1/webhooks/', headers: {authorization: `Bearer sandbox_${world.value}`, 'content-type': 'application/json'},
    body: {url: 'http://127.0.0.1:8090/hooks', triggers: ['DATA_NEW', 'DATA_UPDATE'], model: 'leads', secret: 'a-secret-of-mine', active: true}});
}

function Delivery({id, back}) {
  const loaded = useLoad(`delivery ${id}`, (end) => read(`/__admin/deliveries/${id}`, end));
  return html`<${Details} title="Delivery" back=${back}><${Loaded} of=${loaded} what="the delivery">${(each) => html`<${Sent} of=${each} />`}<//><//>`;
}

function Sent({of}) {
  const again = async () => {
    const made = await send('POST', `/__admin/deliveries/${of.id}/resend`, {});
    return `Queued again as number ${made.number}.`;
  };
  const model = modelOf(of);
  const line = curl({method: 'POST', path: '/', headers: of.headers, body: of.body}).replace(/'http[^']*'/, `'${of.url.replaceAll("'", '%27')}'`);
  return html`<p class="buttons"><${Act} run=${again}>Send again<//><${Copy} text=${line} label="Copy as curl" isCurl=${true} /></p>
    <${Facts} of=${[['state', html`<${Word}>${of.state}<//>`], ['reason', of.reason ?? undefined], ['event', of.event], ['vendor', of.api], ['record', of.record_id && (model ? html`<a href=${href(['records', model, of.record_id])}>${of.record_id}</a>` : of.record_id)], ['because', of.why], ['to', of.url], ['queued', html`<${Time} at=${of.created_at} isWhole=${true} />`], ['next attempt', of.due_at ? html`<${Time} at=${of.due_at} isWhole=${true} />` : undefined], ['spoiled by', of.spoiled_by ?? undefined], ['copy of', of.copy_of ? html`<a href=${href(['webhooks', of.copy_of])}>${of.copy_of}</a>` : undefined]]} />
    <${Signature} of=${of} />
    <h3>Attempts</h3>${of.attempts.length ? html`<ol class="attempts">${of.attempts.map((each) => html`<li key=${each.at}><p><${Time} at=${each.at} isWhole=${true} /> <${Status} code=${each.status} /> <span class="faint">${each.milliseconds} ms</span> ${each.error && html`<span class="wrong">${each.error}</span>`}</p>
      ${each.body && html`<${Json} value=${pretty(each.body)} label="The receiver's reply" />`}</li>`)}</ol>` : html`<p class="faint">None has ended yet.</p>`}
    <h3>Body</h3><${Json} value=${pretty(of.body)} label="The body that was sent" />
    <details><summary>Headers</summary><${Json} value=${of.headers} label="The headers that were sent" /></details>`;
}

function modelOf({api, body}) {
  if (api === 'leadpro') return 'leadpro_leads';
  try {
    const model = JSON.parse(body).data.object?.replaceAll('-', '_');
    return MODELS.has(model) ? model : null;
  } catch {
    return null;
  }
}

// Check the signature as a receiver would, with the secret that the webhook shows.
function Signature({of}) {
  const sent = of.headers['propexo-signature'];
  const found = useLoad(`signature ${of.id} ${sent}`, async (end) => {
    if (!sent) return null;
    if (!globalThis.crypto?.subtle) return 'unknown';
    const hook = await read(`/v1/webhooks/${of.webhook_id}`, end);
    return (await signed((hook.result ?? hook.results ?? hook).secret, of.body)) === sent ? 'right' : 'wrong';
  }, {isLive: false});
  if (!sent) return html`<p class="faint">${of.api === 'leadpro' ? 'LeadPro documents no signature, so this has none.' : 'This has no signature.'}</p>`;
  if (found.error) return html`<p class="faint">The signature cannot be checked: its webhook is gone.</p>`;
  if (found.value === 'right') return html`<p><${Word} kind="good">signature is right<//> The bytes below and the webhook's secret give <code>${sent.slice(0, 12)}…</code></p>`;
  if (found.value === 'wrong') return html`<p><${Word} kind="bad">signature is wrong<//> The bytes below and the webhook's secret give another one. A receiver has to refuse it.</p>`;
  return html`<p class="faint">${found.value ? 'The browser checks signatures only on localhost and https.' : 'Checking the signature …'}</p>`;
}

async function signed(secret, body) {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
  const made = await crypto.subtle.sign('HMAC', key, bytes.encode(body));
  return [...new Uint8Array(made)].map((each) => each.toString(16).padStart(2, '0')).join('');
}

function Subscriptions() {
  const loaded = useLoad('subscriptions', async (end) => {
    const [on, off, leadpro] = await Promise.all([read('/v1/webhooks/', end), read('/v1/webhooks/?active=false', end), read('/sandbox/leadpro/webhooks', end)]);
    return [
      ...[...on.results, ...off.results].map((each) => ({...each, api: 'propexo', events: each.triggers.map(({trigger, model}) => (model ? `${trigger} of ${model}` : trigger))})),
      ...leadpro.results.map((each) => ({...each, api: 'leadpro'})),
    ];
  });
  return html`<h2>Who is told</h2><${Loaded} of=${loaded} what="the webhooks">${(hooks) => html`<ul class="lines">${hooks.map((each) => html`<li key=${each.id}><${Word} kind=${each.active ? 'good' : 'plain'}>${each.active ? 'active' : 'switched off'}<//> <strong>${each.api}</strong> <span class="url">${each.url}</span> <span class="faint">${each.events.join(', ')}</span> ${each.api === 'leadpro' && html`<${Act} kind="small" run=${() => send('DELETE', `/sandbox/leadpro/webhooks/${each.id}`)}>Remove<//>`}</li>`)}</ul>`}<//>
    <details><summary>Add a webhook</summary><${Add} /></details>`;
}

function Add() {
  const [api, setApi] = useState('propexo');
  const add = async ({url, model, secret}) => {
    if (api === 'leadpro') await send('POST', '/sandbox/leadpro/webhooks', {url});
    else await send('POST', '/v1/webhooks/', {url, triggers: ['DATA_NEW', 'DATA_UPDATE', 'SYNC_COMPLETE', 'WRITE_OPERATION_FAILURE'], active: true, ...(model && {model}), ...(secret && {secret})});
    return 'It is told from now on.';
  };
  return html`<${Form} label="Add a webhook" send=${add} button="Add"><label class="field"><span>Of</span><select value=${api} onChange=${(event) => setApi(event.target.value)}><option value="propexo">Propexo</option><option value="leadpro">LeadPro</option></select></label>
    <${Field} name="url" label="URL" value="http://127.0.0.1:8090/hooks" isWanted=${true} />
    ${api === 'propexo' && html`<${Field} name="model" label="Model (empty: all)" value="leads" /><${Field} name="secret" label="Secret (empty: generated)" />`}<//>`;
}

const EVENTS = ['DATA_NEW', 'DATA_UPDATE', 'SYNC_COMPLETE', 'FIRST_SYNC_COMPLETE', 'JOB_FAILURE', 'JOB_SUCCESS', 'WRITE_OPERATION_FAILURE', 'lead.created', 'lead.updated'];

function Fire() {
  const fire = async (fields) => {
    const {deliveries} = await send('POST', '/sandbox/webhooks/fire', fields);
    return deliveries.length ? `${deliveries.length} queued.` : 'Nobody ordered this event.';
  };
  return html`<h2>Fire an event</h2><${Form} label="Fire an event" send=${fire} button="Fire"><${Field} name="event" label="Event" choices=${EVENTS} /><${Field} name="record_id" label="Record id" value="lead-123456789" /><${Field} name="webhook_id" label="Only this webhook (id)" /><//>`;
}
