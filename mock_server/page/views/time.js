// Time: what is due from now on, and what has happened: writes, syncs, changes, deliveries.

import {Act, Details, Empty, Facts, Json, Loaded, Row, Rows, Search, Time, Word, distance} from '../parts.js';
import {read, useLoad} from '../calling.js';
import {Axis} from '../axis.js';
import {clock, now, turn} from '../clock.js';
import {html} from '../drawing.js';
import {MODELS} from '../models.js';
import {ask, asked, href, rest, world} from '../place.js';

const MOST = 100;
const HOURS = {HOUR: 1, DAY: 24, WEEK: 168};

export function TimeLine() {
  const loaded = useLoad('time line', readAll);
  const [kind, id] = rest.value;
  const keep = {q: asked('q')};
  const shownDetails = kind === 'write' ? html`<${Write} key=${id} id=${id} back=${href(['time'], keep)} />` : kind === 'job' ? html`<${Job} key=${id} id=${id} back=${href(['time'], keep)} />`
    : kind === 'change' ? html`<${Change} key=${id} id=${id} entries=${loaded.value?.past} back=${href(['time'], keep)} />` : null;
  return html`<div class="split ${shownDetails ? 'is-open' : ''}"><section class="list"><h1>Time</h1>
    <div class="filters"><${Search} value=${asked('q')} onSearch=${(q) => ask({q})} label="Search the time line" /></div>
    <${Loaded} of=${loaded} what="the time line">${(line) => html`<${Line} line=${line} keep=${keep} chosen=${rest.value.join('/')} />`}<//>
  </section>${shownDetails}</div>`;
}

async function readAll(end) {
  const [waiting, ended, jobs, diffs, integrations] = await Promise.all([
    read(`/__admin/deliveries?state=waiting&limit=${MOST}`, end), read(`/__admin/deliveries?limit=${MOST}`, end),
    read(`/v1/admin/logs/jobs/?limit=${MOST}`, end), read(`/v1/admin/data-diffs/?limit=${MOST}`, end), read('/v1/admin/integrations/?limit=250', end),
  ]);
  const names = new Map(integrations.results.map((each) => [each.id, each.name]));
  const pending = await Promise.all(jobs.results.filter((each) => each.status === 'PENDING' && isWrite(each)).map((each) => read(`/__admin/jobs/${world.value}/${each.job_id}`, end).catch(() => null)));
  const syncs = integrations.results.filter((each) => each.active && !each.is_archived && each.last_completed_sync).map(nextSync);
  const coming = [...waiting.results.map(leaving), ...pending.filter(Boolean).map(landing), ...syncs];
  const past = [...ended.results.filter((each) => !each.due_at).map(sent), ...jobs.results.filter((each) => each.status !== 'PENDING').map((each) => done(each, names)), ...diffs.results.map(changed)];
  return {coming: coming.sort((one, other) => one.at.localeCompare(other.at)), past: past.sort((one, other) => other.at.localeCompare(one.at)).slice(0, 2 * MOST)};
}

const isWrite = ({job_type: type}) => !/^(SYNC|READ|BACK|FIRST)/.test(type);

const leaving = (each) => ({key: each.id, at: each.due_at, what: 'delivery', text: `${each.event} to ${each.url}`, state: each.attempts.length ? 'tried again' : 'waiting', to: ['webhooks', each.id]});
const landing = (job) => ({key: job.job_id, at: job.lands_at, what: 'write', text: `${job.name} at ${job.vendor}`, state: 'PENDING', to: ['time', 'write', job.job_id]});
const sent = (each) => ({key: each.id, at: each.attempts.at(-1)?.at ?? each.created_at, what: 'delivery', text: `${each.event} to ${each.url}`, state: each.state, to: ['webhooks', each.id]});
const done = (job, names) => ({key: job.id, at: job.created_at, what: isWrite(job) ? 'write' : 'sync', text: `${job.job_type.toLowerCase().replaceAll('_', ' ')} ${isWrite(job) ? 'at' : 'of'} ${names.get(job.integration_id) ?? job.integration_id ?? 'Propexo'}`, state: job.status, to: isWrite(job) ? ['time', 'write', job.job_id] : ['time', 'job', job.id]});
const changed = (diff) => ({key: diff.id, at: diff.created_at, what: 'change', text: `${diff.model.replaceAll('_', ' ')} ${Object.keys(diff.data_diff.new ?? {}).filter((name) => name !== 'updated_at').slice(0, 4).join(', ')}`, state: diff.event_type.toLowerCase(), to: ['time', 'change', diff.id], diff});

// A schedule runs again so many hours after its last run.
function nextSync(each) {
  const hours = each.sync_frequency * (HOURS[each.sync_cadence] ?? 1);
  const at = new Date(Date.parse(each.last_completed_sync) + hours * 3_600_000).toISOString();
  return {key: each.id, at, what: 'sync', text: `of ${each.name}, about then`, state: 'scheduled', to: ['records', 'integrations', each.id]};
}

function Line({line, keep, chosen}) {
  const search = keep.q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (each) => search.every((word) => `${each.what} ${each.text} ${each.state}`.toLowerCase().includes(word));
  const coming = line.coming.filter((each) => each.at >= now.value && fits(each));
  const past = line.past.filter(fits);
  return html`<${Axis} coming=${coming} past=${past} at=${clock.value?.now ?? now.value} /><h2>From now on</h2>
    ${clock.value?.next_due && html`<p>Next: <${Time} at=${clock.value.next_due} />, ${distance(clock.value.next_due)}. <${Act} run=${() => turn('advance', {to: clock.value.next_due})}>Move there<//></p>`}
    ${coming.length ? html`<${Rows} label="What is due, soonest first">${coming.map((each) => html`<${Entry} key=${each.what + each.key} of=${each} keep=${keep} chosen=${chosen} />`)}<//>` : html`<${Empty}>Nothing waits. A write, a sync or a webhook delivery would stand here until its time has come.<//>`}
    <h2>What happened</h2>
    ${past.length ? html`<${Rows} label="What happened, newest first">${past.map((each) => html`<${Entry} key=${each.what + each.key} of=${each} keep=${keep} chosen=${chosen} />`)}<//>` : html`<${Empty}>Nothing like that has happened in this world.<//>`}`;
}

function Entry({of, keep, chosen}) {
  return html`<${Row} kind="entry" to=${href(of.to, keep)} isChosen=${of.to.slice(1).join('/') === chosen}><span class="at"><${Time} at=${of.at} /></span><span class="method">${of.what}</span><span class="path">${of.text}</span><${Word}>${of.state}<//><//>`;
}

function Write({id, back}) {
  const path = `/__admin/jobs/${world.value}/${id}`;
  const loaded = useLoad(path, (end) => read(path, end));
  return html`<${Details} title="Write" back=${back}><${Loaded} of=${loaded} what="the write">${(job) => html`
    <${Facts} of=${[['what', job.name], ['ended', html`<${Word}>${job.write_status}<//>`], ['operation', html`<code>${job.operation}</code>`], ['PMS', job.vendor], ['accepted', html`<${Time} at=${job.accepted_at} isWhole=${true} />`], ['takes effect', html`<${Time} at=${job.lands_at} isWhole=${true} />`], ['job', job.job_id]]} />
    ${job.errors.length > 0 && html`<section class="why"><h3>What the PMS said against it</h3><ul>${job.errors.map((each) => html`<li key=${each}>${typeof each === 'string' ? each : JSON.stringify(each)}</li>`)}</ul></section>`}
    ${job.write_status === 'PENDING' && html`<p><${Act} run=${() => turn('advance', {to: job.lands_at})}>Move there<//></p>`}
    <h3>What it was asked</h3><${Json} value=${job.parameters} label="Parameters" />`}<//><//>`;
}

function Job({id, back}) {
  const loaded = useLoad(`job ${id}`, async (end) => {
    const [log, told] = await Promise.all([read(`/v1/admin/logs/jobs/${id}`, end), read(`/v1/admin/job-logs/${id}/data`, end).catch(() => null)]);
    return {log: log.results ?? log.result ?? log, told};
  });
  return html`<${Details} title="Sync" back=${back}><${Loaded} of=${loaded} what="the job">${({log, told}) => html`<${Json} value=${log} label="The job's log" />${told && html`<h3>What its log says</h3><${Json} value=${told} label="Log" />`}`}<//><//>`;
}

function Change({id, entries, back}) {
  const diff = entries?.find((each) => each.diff?.id === id)?.diff;
  if (!diff) return html`<${Details} title="Change" back=${back}><p>${entries ? 'The time line does not reach back to this change.' : 'Loading …'}</p><//>`;
  const {new: fresh = {}, previous = {}} = diff.data_diff;
  const names = Object.keys({...previous, ...fresh});
  return html`<${Details} title="Change" back=${back}><${Facts} of=${[['model', diff.model], ['record', MODELS.has(diff.model) ? html`<a href=${href(['records', diff.model, diff.model_record_id])}>${diff.model_record_id}</a>` : diff.model_record_id], ['PMS', diff.integration_vendor], ['time', html`<${Time} at=${diff.created_at} isWhole=${true} />`]]} />
    <div class="wide"><table><thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>${names.map((name) => html`<tr key=${name}><th scope="row">${name}</th><td>${shown(previous[name])}</td><td>${shown(fresh[name])}</td></tr>`)}</tbody></table></div><//>`;
}

const shown = (value) => (value === undefined || value === null ? html`<span class="faint">null</span>` : typeof value === 'object' ? html`<code>${JSON.stringify(value)}</code>` : String(value));
