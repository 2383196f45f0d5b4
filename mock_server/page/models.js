// Which lists the two APIs have: the model, its path, and under which heading it stands.

const propexo = (names, root = '/v1/') => names.map((name) => {
  const [model, path = model.replaceAll('_', '-')] = name.split(' ');
  return {model, path: `${root}${path}${path.includes('/') ? '' : '/'}`};
});

export const GROUPS = [
  ['People', propexo(['leads', 'applicants', 'residents', 'employees', 'owners', 'vendors', 'lead_sources', 'lead_relationships', 'resident_insurance', 'call_logs'])],
  ['Places', propexo(['properties', 'units', 'unit_types', 'floor_plans', 'unit_details units/details', 'amenities', 'rentable_items', 'listings', 'listing_pricing listings/pricing', 'property_lists', 'locations locations/rentmanager/', 'vendor_locations', 'timezones', 'address_types'])],
  ['Leasing', propexo(['applications', 'application_statuses', 'application_templates', 'leases', 'lease_periods', 'lease_transfers', 'concessions', 'events', 'event_types', 'event_sub_types', 'event_results'])],
  ['Money', propexo(['resident_charges', 'recurring_resident_charges', 'resident_payments', 'charge_codes', 'fees', 'deposits', 'deposit_summaries', 'invoices', 'purchase_orders', 'payable_registers', 'financial_accounts', 'accounting_entities'])],
  ['Repairs', propexo(['service_requests', 'service_request_history', 'service_request_categories', 'service_request_priorities', 'service_request_statuses', 'service_request_locations', 'service_request_problems', 'construction_jobs', 'note_categories', 'file_types'])],
  ['CRM', propexo(['crm_communities communities', 'crm_agents agents', 'crm_attributions attributions', 'crm_listings listings', 'crm_prospects prospects', 'crm_events events', 'crm_communications communications', 'crm_appointments appointments'], '/crm/v1/')],
  ['Propexo itself', [
    {model: 'integrations', path: '/v1/admin/integrations/'}, {model: 'users', path: '/v1/admin/users/'},
    {model: 'webhooks', path: '/v1/webhooks/'}, {model: 'data_diffs', path: '/v1/admin/data-diffs/', isListOnly: true},
    {model: 'job_logs', path: '/v1/admin/logs/jobs/'},
  ]],
  ['LeadPro', [
    {model: 'leadpro_leads', path: '/sandbox/leadpro/leads', record: '/api/v103/leads/'},
    {model: 'leadpro_offices', path: '/api/v103/offices', isListOnly: true},
    {model: 'leadpro_statuses', path: '/api/v103/statuses', isListOnly: true},
  ]],
];

export const MODELS = new Map(GROUPS.flatMap(([, models]) => models.map((each) => [each.model, each])));

export const words = (model) => {
  const text = model.replace(/^(crm|leadpro)_/, '').replaceAll('_', ' ');
  return text[0].toUpperCase() + text.slice(1);
};

// What somebody would call a record.
export function headline(record) {
  const person = [record.first_name, record.last_name].filter(Boolean).join(' ');
  const found = [record.name, record.full_name, person, record.unit_number, record.number, record.title, record.service_description,
    record.description, record.event_name, record.job_type, record.url, record.code, record.note];
  return String(found.find((each) => each !== null && each !== undefined && each !== '') ?? record.id);
}

const TOLD = ['status', 'stage', 'write_status', 'type', 'event_type', 'model', 'email_1', 'email', 'city', 'postcode', 'amount_in_cents', 'start_date', 'office_name'];

// A few facts that tell two records apart.
export function gist(record) {
  const facts = TOLD.map((name) => (name.endsWith('_in_cents') && typeof record[name] === 'number' ? (record[name] / 100).toFixed(2) : record[name]));
  return facts.filter((each) => ['string', 'number'].includes(typeof each) && each !== '').slice(0, 3).join(' · ');
}
