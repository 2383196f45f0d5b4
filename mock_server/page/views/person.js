// One person's line from lead to resident: what the PMS and Propexo tell of them, in order of time.

import {Details, Empty, Facts, Loaded, Time, Word} from '../parts.js';
import {read, useLoad} from '../calling.js';
import {html} from '../drawing.js';
import {href} from '../place.js';

const MOST = 100;

// A person is known by the address for letters: as a lead, an applicant and a resident.
export function Person({email, back}) {
  const loaded = useLoad(`person ${email}`, (end) => lifeOf(email, end));
  return html`<${Details} title=${loaded.value?.name ?? email} back=${back}><${Loaded} of=${loaded} what="the person">${({entries, people}) => html`
    <${Facts} of=${people.map(([model, each]) => [model.slice(0, -1), html`<a href=${href(['records', model, each.id])}>${each.id}</a>`])} />
    ${entries.length ? html`<ol class="life" aria-label="From lead to resident">${entries.map((each) => html`<li key=${each.key} class=${each.kind}><span class="at">${each.hasTime ? html`<${Time} at=${each.at} isWhole=${true} />` : each.at.slice(0, 10)}</span> <strong>${each.what}</strong> ${each.text} ${each.state && html`<${Word}>${each.state}<//>`} ${each.to && html`<a href=${href(each.to)}>open</a>`}</li>`)}</ol>` : html`<${Empty}>Nobody in this world has this address.<//>`}`}<//><//>`;
}

async function lifeOf(email, end) {
  const list = async (path) => (await read(`${path}${path.includes('?') ? '&' : '?'}limit=${MOST}`, end)).results;
  const by = `?email_1=${encodeURIComponent(email)}`;
  const [leads, applicants, residents] = await Promise.all(['leads', 'applicants', 'residents'].map((model) => list(`/v1/${model}/${by}`)));
  const [events, applications, leases, charges, payments] = await Promise.all([
    Promise.all(leads.map((each) => list(`/v1/events/?lead_id=${each.id}`))),
    Promise.all(applicants.flatMap((each) => each.applications ?? []).map((each) => read(`/v1/applications/${each.application_id}`, end).then(({results}) => results, () => null))),
    Promise.all(residents.flatMap((each) => each.leases_meta_data ?? []).map((each) => read(`/v1/leases/${each.lease_id}`, end).then(({results}) => results, () => null))),
    Promise.all(residents.map((each) => list(`/v1/resident-charges/?resident_id=${each.id}`))),
    Promise.all(residents.map((each) => list(`/v1/resident-payments/?resident_id=${each.id}`))),
  ]);
  const entries = [
    ...leads.map((each) => entry('lead', each, each.x_created_at ?? each.created_at, 'asks', each.lead_source ? `by ${each.lead_source}` : '', each.status, ['records', 'leads', each.id], true)),
    ...events.flat().map((each) => entry('event', each, each.appointment_datetime ?? each.event_datetime, each.event_name, each.notes ?? '', '', ['records', 'events', each.id], true)),
    ...applications.filter(Boolean).map((each) => entry('application', each, each.created_at, 'applies', '', each.status, ['records', 'applications', each.id], true)),
    ...leases.filter(Boolean).flatMap(leaseEntries),
    ...charges.flat().map((each) => entry('charge', each, each.due_date ?? each.transaction_date, each.name ?? 'charge', money(each.amount_in_cents), each.is_open ? 'open' : '', ['records', 'resident_charges', each.id], false)),
    ...payments.flat().map((each) => entry('payment', each, each.transaction_date, 'pays', money(each.amount_in_cents), '', ['records', 'resident_payments', each.id], false)),
  ].filter((each) => each.at);
  const people = [...leads.map((each) => ['leads', each]), ...applicants.map((each) => ['applicants', each]), ...residents.map((each) => ['residents', each])];
  const first = people[0]?.[1];
  return {name: first && [first.first_name, first.last_name].filter(Boolean).join(' '), people, entries: entries.sort(inOrder)};
}

const ORDER = ['asks', 'applies', 'signs', 'moves in', 'moves out'];

// What has a day only is told in the order in which people do it.
const inOrder = (one, other) => one.at.slice(0, 10).localeCompare(other.at.slice(0, 10)) || rank(one) - rank(other) || one.at.localeCompare(other.at);
const rank = ({what}) => (ORDER.includes(what) ? ORDER.indexOf(what) : what === 'Appointment' ? 0.5 : ORDER.length);

const entry = (kind, record, at, what, text, state, to, hasTime) => ({key: `${kind} ${record.id} ${what}`, kind, at, what, text, state, to, hasTime});

function leaseEntries(lease) {
  const to = ['records', 'leases', lease.id];
  const unit = lease.unit_number ? `unit ${lease.unit_number}` : '';
  return [
    entry('lease', lease, lease.signature_date, 'signs', unit, lease.status_raw, to, false),
    entry('lease', lease, lease.realized_move_in_date, 'moves in', unit, '', to, false),
    entry('lease', lease, lease.realized_move_out_date, 'moves out', unit, '', to, false),
  ];
}

const money = (cents) => (typeof cents === 'number' ? `$${(cents / 100).toFixed(2)}` : '');
