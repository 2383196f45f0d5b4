// One call: what was sent and answered, why it was refused and what would be right, and what it caused.

import {Act, Copy, Details, Facts, Json, Loaded, Status, Time, Word} from '../parts.js';
import {exchange, messageOf, read, send, useLoad} from '../calling.js';
import {curl} from '../curl.js';
import {html} from '../drawing.js';
import {go, href, world} from '../place.js';
import {pytest} from '../pytest.js';

const MOST = 250;
const LONGEST_NAME = 64;

// The list holds no headers and bodies, so a call is read whole when it is opened.
export function Call({number, isKnown, back}) {
  const loaded = useLoad(`call ${number} ${isKnown}`, async (end) => {
    const {results} = await read(`/__admin/calls?control=true&after=${number - 1}&limit=1`, end);
    return results.find((each) => each.number === Number(number)) ?? null;
  }, {isLive: false});
  return loaded.value ? html`<${Whole} call=${loaded.value} back=${back} />` : html`<${Details} title="Call ${number}" back=${back}><${Loaded} of=${loaded} what="the call">${() => html`<p>The world ${world.value} has no call ${number} any more, or not yet. A reset and the setting keep_calls drop calls.</p>`}<//><//>`;
}

function Whole({call, back}) {
  const {request, reply} = call;
  const path = request.path + (request.query && `?${request.query}`);
  const line = curl({...request, path, headers: sendable(call)});
  return html`<${Details} title="${request.method} ${request.path}" back=${back}>
    <p class="buttons"><${Copy} text=${line} label="Copy as curl" title="Copy as curl (c)" isCurl=${true} /><${Copy} text=${pytest({...request, path}, call.status)} label="Copy as pytest" />
      <${Act} kind="small" run=${() => again(request, path)}>Send again<//>
      ${call.api !== 'sandbox' && html`<${Act} kind="small" title="Make another world that is as this one was before this call" run=${() => before(call)}>World before this<//>`}</p>
    <${Facts} of=${[['status', html`<${Status} code=${call.status} />`], ['number', call.number], ['time', html`<${Time} at=${call.at} isWhole=${true} />`], ['took', `${call.milliseconds.toFixed(2)} ms`], ['operation', call.operation], ['credential label', call.credential], ['query', request.query], ['rules', reply.headers['x-mock-rules']]]} />
    <${Why} call=${call} />
    <${Caused} call=${call} />
    <div class="beside"><section><h3>Request</h3><${Message} of=${request} what="Request" /></section><section><h3>Reply</h3><${Message} of=${reply} what="Reply" /></section></div><//>`;
}

// Send what was sent, in the name of the page, and say how it was answered.
async function again(request, path) {
  const reply = await exchange(request.method, path, request.body ?? undefined);
  return reply.status < 400 ? `Answered ${reply.status}.` : `Answered ${reply.status}: ${messageOf(reply)}`;
}

// Make a world that is as this one was before the call, and go there.
async function before(call) {
  const name = `${call.world}-before-${call.number}`.slice(-LONGEST_NAME);
  await send('POST', '/__admin/worlds', {name, from: call.world, at_call: call.number});
  go(href(['calls'], {}, name));
}

// The stars that stand for the credential are of no use in a call.
function sendable(call) {
  const name = call.credential ? `sandbox_${call.world}.${call.credential}` : `sandbox_${call.world}`;
  const kept = {};
  for (const [header, value] of Object.entries(call.request.headers)) {
    const key = header.toLowerCase();
    if (key === 'authorization') kept[key] = `Bearer ${name}`;
    else if (key === 'x-api-key') kept[key] = name;
    else if (/^(content-type|prefer|x-mock-)/.test(key)) kept[key] = value;
  }
  return kept;
}

// Why it was refused, field by field: what was sent there, and what would be right.
function Why({call}) {
  if (call.status < 400) return null;
  const found = problemsOf(call.reply.body);
  const isByField = found.some(([path]) => path);
  return html`<section class="why"><h3>Why it was refused</h3>${isByField
    ? html`<div class="wide"><table><thead><tr><th scope="col">Field</th><th scope="col">Sent</th><th scope="col">What is wrong, and what would be right</th></tr></thead><tbody>${found.map(([path, message, right]) => html`<tr key=${path + message}><th scope="row"><code>${path || 'body'}</code></th><td>${sentAt(call.request, path)}</td><td>${message}${right && html` <strong>${right}</strong>`}</td></tr>`)}</tbody></table></div>`
    : html`<ul>${found.map(([, message]) => html`<li key=${message}>${message}</li>`)}</ul>`}</section>`;
}

// Each problem with its field, in whichever shape the API says it.
function problemsOf(body) {
  const issues = body?.error?.details?.details?.issues;
  if (issues) return issues.flatMap(issueOf);
  if (body?.problems) return body.problems.map((each) => [each.path || '', each.message, '']);
  if (body?.errors && !Array.isArray(body.errors)) return Object.entries(body.errors).flatMap(([path, said]) => [said].flat().map((each) => [path, String(each), '']));
  return [body?.message ?? body?.error?.message ?? body?.error ?? ''].flat().map((each) => ['', String(each), '']);
}

function issueOf(issue) {
  const path = (issue.path ?? []).join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [[path, key].filter(Boolean).join('.'), 'is not taken here.', 'Leave it out.']);
  const right = issue.options ? `One of: ${issue.options.join(', ')}.` : issue.expected && issue.received !== 'undefined' ? `Send a ${issue.expected}.` : issue.expected ? `Add a ${issue.expected}.` : '';
  return [[path, issue.options ? 'is none of the values there are.' : issue.message, right]];
}

function sentAt(request, path) {
  const query = Object.fromEntries(new URLSearchParams(request.query));
  let value = path in query ? query : request.body;
  for (const part of path in query ? [path] : path.split('.').filter(Boolean)) value = value?.[part];
  return value === undefined ? html`<span class="faint">nothing</span>` : html`<code>${JSON.stringify(value)}</code>`;
}

// What followed: the write with its end, what it changed, and which webhooks were told.
function Caused({call}) {
  const body = call.reply.body;
  const job = body?.job_id ?? body?.meta?.job_id;
  const record = body?.id;
  if (call.status >= 400 || call.request.method === 'GET' || !(job || record)) return null;
  return html`<${Followed} key=${call.number} job=${job} record=${record} />`;
}

function Followed({job, record}) {
  const loaded = useLoad(`followed ${job ?? record}`, async (end) => {
    const [write, changes, deliveries] = await Promise.all([
      job ? read(`/__admin/jobs/${world.value}/${job}`, end).catch(() => null) : null,
      job ? read(`/v1/admin/data-diffs/?limit=${MOST}`, end) : {results: []},
      read(`/__admin/deliveries?limit=${MOST}`, end),
    ]);
    return {write, changes: changes.results.filter((each) => names(each, job)), deliveries: deliveries.results.filter((each) => each.body.includes(`"${job ?? ''}"`) || (record !== undefined && String(each.record_id) === String(record)))};
  });
  return html`<section><h3>What it caused</h3><${Loaded} of=${loaded} what="what it caused">${({write, changes, deliveries}) => html`<ul class="lines" aria-label="What it caused">
    ${job && html`<li><span class="name">write</span> <a href=${href(['time', 'write', job])}>${write?.name ?? job}</a> ${write && html`<${Word}>${write.write_status}<//>`}</li>`}
    ${changes.map((each) => html`<li key=${each.id}><span class="name">change</span> <a href=${href(['time', 'change', each.id])}>${each.model.replaceAll('_', ' ')}</a> <span class="faint">${Object.keys(each.data_diff.new ?? {}).slice(0, 4).join(', ')}</span></li>`)}
    ${deliveries.map((each) => html`<li key=${each.id}><span class="name">delivery</span> <a href=${href(['webhooks', each.id])}>${each.event}</a> <${Word}>${each.state}<//></li>`)}
    ${!changes.length && !deliveries.length && html`<li class="faint">No webhook was told of it, and Propexo has read no change of it yet.</li>`}</ul>`}<//></section>`;
}

const names = (diff, job) => diff.job_id === job || diff.root_job_id === job;

function Message({of, what}) {
  return html`<details><summary>${Object.keys(of.headers).length} headers</summary><${Json} value=${of.headers} label="${what} headers" /></details>
    ${of.body === null ? html`<p class="faint">${of.bytes ? `A body of ${of.bytes} bytes, too long to be kept.` : 'No body.'}</p>` : html`<${Json} value=${of.body} label="${what} body" />`}`;
}
