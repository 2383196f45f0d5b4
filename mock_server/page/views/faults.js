// Faults: what becomes of calls, how writes end, what becomes of deliveries, and which property systems are down.

import {Act, Empty, Field, Form, Loaded, Time, Word} from '../parts.js';
import {read, send, useLoad} from '../calling.js';
import {html, useState} from '../drawing.js';

export function Faults() {
  return html`<section class="list faults"><h1>Faults</h1><${CallFaults} /><${Outcomes} /><${Spoiled} /><${Systems} /></section>`;
}

const STRIKES = [['status', 'answered with an error'], ['latency', 'held back'], ['rate_limit', 'limited in their rate'], ['empty', 'closed without a reply, not carried out'], ['lost', 'carried out, the reply lost'], ['hang', 'left hanging'], ['cut', 'cut within the body'], ['garble', 'answered with what is no JSON'], ['drip', 'answered in small pieces'], ['stale_page', 'paged over a list that changes']];
const PRESETS = [
  ['Outage', {effect: 'status', status: 503, times: 10}, 'The next 10 calls get a 503'],
  ['Slow', {effect: 'latency', seconds: 2, times: 10}, 'The next 10 replies are held back for 2 seconds'],
  ['Rate limit', {effect: 'rate_limit', api: 'propexo', per_minute: 10}, 'Propexo allows 10 calls a minute'],
  ['Flaky network', {effect: 'empty', chance: 0.2}, 'One call in five is closed without a reply'],
];
const NUMBERS = new Set(['times', 'status', 'seconds', 'chance']);
const detailed = (each) => [each.status && `status ${each.status}`, each.seconds !== null && `${each.seconds} s`, each.per_minute && `${each.per_minute} a minute`, each.chance !== null && each.chance !== 1 && `one in ${Math.round(1 / each.chance)}`].filter(Boolean).join(', ');
const whose = (each) => [each.operation ?? each.path ?? each.method ?? 'All calls', each.api && `of ${each.api}`, each.pms && `about ${each.pms}`, each.credential && `by ${each.credential}`].filter(Boolean).join(' ');
const striking = (each) => `${whose(each)}: ${count(each.times, 'call')}, ${new Map(STRIKES).get(each.effect)}${detailed(each) && ` (${detailed(each)})`}`;

function CallFaults() {
  const loaded = useLoad('call faults', (end) => read('/__admin/faults', end));
  const add = async (fields) => {
    const known = Object.entries(fields).map(([name, text]) => [name, NUMBERS.has(name) ? Number(text) : text]);
    await send('POST', '/__admin/faults', Object.fromEntries(known));
    return 'It holds from now on.';
  };
  return html`<h2>What becomes of calls</h2><${Loaded} of=${loaded} what="the faults">${({results}) => (results.length ? html`<${Rules} label="Faults" rules=${results} told=${striking} path="/__admin/faults" />`
    : html`<${Empty}>No call goes wrong on purpose. Choose one of these, or say it below.<//>`)}<//>
    <p class="buttons">${PRESETS.map(([title, body, told]) => html`<${Act} key=${title} title=${told} run=${() => add(body)}>${title}<//>`)}</p>
    <${Form} label="Let calls go wrong" button="Let them go wrong" send=${add}><${Field} name="effect" label="Calls are" choices=${STRIKES} /><${Field} name="api" label="API" choices=${[['', 'both'], ['propexo', 'Propexo'], ['leadpro', 'LeadPro']]} />
      <${Field} name="operation" label="Operation (empty: all)" placeholder="GET /v1/leads/" /><${Field} name="times" label="How many (empty: every one)" type="number" value="1" />
      <${Field} name="status" label="Status (of an error)" type="number" placeholder="500" /><${Field} name="seconds" label="Seconds (of latency, hang, drip)" type="number" /><${Field} name="credential" label="Only of this label" placeholder="website" /><//>
    <p class="faint">The page's own calls of the two APIs are struck too. Give your program's credential a label, and name it here.</p>`;
}

const ENDS = {SUCCESS: 'succeed', PARTIAL_SUCCESS: 'succeed in part', FAILURE: 'fail'};
const count = (times, what) => (times ? `the next ${times === 1 ? what : `${times} ${what}s`}` : `every ${what}`);
const ordered = (each) => `${each.operation ?? 'All writes'}${each.integration_id ? ` to ${each.integration_id}` : ''}: ${count(each.times, 'call')}, ${ENDS[each.write_status]}${each.after_seconds === null ? '' : ` after ${each.after_seconds} s`}`;

function Outcomes() {
  const loaded = useLoad('outcomes', (end) => read('/sandbox/outcomes', end));
  const order = async ({times, errors, ...fields}) => {
    await send('POST', '/sandbox/outcomes', {...fields, ...(times && {times: Number(times)}), ...(errors && {errors: [errors]})});
    return 'It holds from now on.';
  };
  return html`<h2>How writes end</h2><${Loaded} of=${loaded} what="the orders">${({results}) => (results.length ? html`<${Rules} label="Orders" rules=${results} told=${ordered} path="/sandbox/outcomes" />`
    : html`<${Empty}>Every write of Propexo's ends well. Order another end here, or write Writefail as a last name.<//>`)}<//>
    <${Form} label="Order how writes end" button="Order" send=${order}><${Field} name="write_status" label="Writes" choices=${[['FAILURE', 'fail'], ['PARTIAL_SUCCESS', 'succeed in part'], ['SUCCESS', 'succeed']]} />
      <${Field} name="operation" label="Operation (empty: all)" placeholder="POST /v1/leads/" /><${Field} name="integration_id" label="Integration (empty: all)" />
      <${Field} name="times" label="How many (empty: every one)" type="number" value="1" /><${Field} name="after" label="After" placeholder="30s" /><${Field} name="errors" label="What the PMS says" /><//>`;
}

const EFFECTS = [['duplicate', 'sent twice'], ['delay', 'delayed'], ['reorder', 'sent after the next one'], ['lose', 'lost'], ['wrong_signature', 'signed wrongly']];
const spoiling = (each) => `${each.event ?? 'Deliveries'}${each.api ? ` of ${each.api}` : ''}${each.webhook_id ? ` to ${each.webhook_id}` : ''}: ${count(each.times, 'delivery').replace('deliverys', 'deliveries')}, ${new Map(EFFECTS).get(each.effect)}${each.seconds === null ? '' : ` by ${each.seconds} s`}`;

function Spoiled() {
  const loaded = useLoad('delivery faults', (end) => read('/sandbox/webhooks/faults', end));
  const spoil = async ({times, seconds, ...fields}) => {
    await send('POST', '/sandbox/webhooks/faults', {...fields, ...(times && {times: Number(times)}), ...(seconds && {seconds: Number(seconds)})});
    return 'It holds from now on.';
  };
  return html`<h2>What becomes of deliveries</h2><${Loaded} of=${loaded} what="the delivery faults">${({results}) => (results.length ? html`<${Rules} label="Delivery faults" rules=${results} told=${spoiling} path="/sandbox/webhooks/faults" />`
    : html`<${Empty}>No delivery is spoiled. Choose what becomes of the next ones.<//>`)}<//>
    <${Form} label="Spoil deliveries" button="Spoil" send=${spoil}><${Field} name="effect" label="Deliveries are" choices=${EFFECTS} /><${Field} name="event" label="Event (empty: all)" placeholder="DATA_NEW" />
      <${Field} name="times" label="How many (empty: every one)" type="number" value="1" /><${Field} name="seconds" label="Seconds (of a delay)" type="number" /><//>`;
}

const isUsedUp = (each) => each.times !== null && each.used >= each.times;

function Rules({rules, told, path, label}) {
  return html`<ul class="lines rules" aria-label=${label}>${rules.map((each) => html`<li key=${each.id}><span>${told(each)}</span> <${Word} kind=${isUsedUp(each) ? 'plain' : 'waiting'}>${isUsedUp(each) ? 'used up' : 'on'}<//> <span class="faint">used ${each.used} times</span> <${Act} kind="small" run=${() => send('DELETE', `${path}/${each.id}`)}>Remove<//></li>`)}</ul>
    ${rules.length > 1 && html`<${Act} run=${() => send('DELETE', path)}>Remove all<//>`}`;
}

function Systems() {
  // Read again only after a change made here: each reading is a call that a fault would strike.
  const [turns, setTurns] = useState(0);
  const loaded = useLoad(`systems ${turns}`, async (end) => {
    const {results} = await read('/v1/admin/integrations/?limit=250', end);
    return Promise.all(results.map(async (each) => ({...each, pms: await read(`/sandbox/pms/${each.id}`, end)})));
  }, {isLive: false});
  const put = (each, what, body) => async () => {
    await send('PUT', `/sandbox/pms/${each.id}/${what}`, body);
    setTurns(turns + 1);
  };
  return html`<h2>Property systems</h2><${Loaded} of=${loaded} what="the property systems">${(all) => (all.length ? html`<ul class="lines systems" aria-label="Property systems">${all.map((each) => html`<li key=${each.id}><span class="name">${each.name}</span>
    <${Word} kind=${each.pms.down_until ? 'bad' : 'good'}>${each.pms.down_until ? 'down' : 'answers'}<//> ${each.pms.down_until && html`<span class="faint">until <${Time} at=${each.pms.down_until} /></span>`}
    ${!each.pms.login_works && html`<${Word} kind="bad">login refused<//>`} ${each.pms.unread > 0 && html`<${Word} kind="waiting">${`${each.pms.unread} unread`}<//>`}
    <span class="buttons">${each.pms.down_until ? html`<${Act} kind="small" run=${put(each, 'down', {for: null})}>Bring back<//>` : html`<${Act} kind="small" run=${put(each, 'down', {for: '1h'})}>Down for 1 h<//>`}
    <${Act} kind="small" run=${put(each, 'login', {works: !each.pms.login_works})}>${each.pms.login_works ? 'Refuse the login' : 'Accept the login'}<//></span></li>`)}</ul>` : html`<${Empty}>Propexo has no integration in this world.<//>`)}<//>`;
}
