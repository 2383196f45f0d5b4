// Reference: the operations of the three contracts, what each takes and answers, and a way to try it.

import {Copy, Details, Empty, Facts, Json, Loaded, Prose, Row, Rows, Search, Status, Word, pretty} from '../parts.js';
import {changes, exchange, headersOf, read, useLoad} from '../calling.js';
import {curl} from '../curl.js';
import {html, useEffect, useState} from '../drawing.js';
import {MODELS} from '../models.js';
import {ask, asked, go, href, rest} from '../place.js';
import {exampleOf, limitsOf, innerObject, resolved, typeOf} from '../schemas.js';

const TITLES = {propexo: 'Propexo', leadpro: 'LeadPro', sandbox: 'Sandbox control'};
const FIRST = ['propexo', 'leadpro', 'sandbox'];

export function Reference() {
  const [chosen, id] = rest.value;
  const served = useLoad('apis', async (end) => Object.keys((await read('/', end)).apis), {isLive: false});
  const apis = served.value ?? FIRST;
  const api = apis.includes(chosen) ? chosen : apis[0];
  const loaded = useLoad(`operations ${api}`, (end) => read(`/docs/${api}.json`, end), {isLive: false});
  return html`<div class="split ${id ? 'is-open' : ''}"><section class="list"><h1>Reference</h1>
    <div class="filters"><label class="inline">API <select value=${api} onChange=${(event) => go(href(['reference', event.target.value]))}>${apis.map((name) => html`<option key=${name} value=${name} selected=${name === api}>${TITLES[name] ?? name}</option>`)}</select></label>
      <${Search} value=${asked('q')} onSearch=${(q) => ask({q})} label="Search operations" /><a href="openapi/${api}.json">OpenAPI</a> <a href="llms.txt">Markdown</a></div>
    <${Loaded} of=${loaded} what="the operations">${({operations}) => html`<${Operations} all=${operations} api=${api} id=${id} />`}<//>
  </section>${id && html`<${One} key=${api + id} api=${api} id=${id} operations=${loaded.value?.operations ?? []} back=${href(['reference', api], {q: asked('q')})} />`}</div>`;
}

function Operations({all, api, id}) {
  const words = asked('q').toLowerCase().split(/\s+/).filter(Boolean);
  const shown = all.filter((each) => { const text = `${each.method} ${each.path} ${each.summary} ${each.tag} ${each.vendor ?? ''} ${each.evidence}`.toLowerCase(); return words.every((word) => text.includes(word)); });
  if (!shown.length) return html`<${Empty}>No operation is like that.<//>`;
  const tags = [...new Set(shown.map((each) => each.tag))];
  const isOpen = (tag) => words.length > 0 || tags.length < 4 || shown.some((each) => each.tag === tag && each.id === id);
  return html`<p class="faint" role="status">${shown.length} operations</p>${tags.map((tag) => { const of = shown.filter((each) => each.tag === tag); return html`<${Tag} key=${`${api}${tag}${words.length > 0}`} title=${tag} of=${of} isOpen=${isOpen(tag)} api=${api} id=${id} />`; })}`;
}

// The rows of a tag are made when it is opened.
function Tag({title, of, isOpen, api, id}) {
  const [isShown, setShown] = useState(isOpen);
  return html`<details class="tag" open=${isShown} onToggle=${(event) => setShown(event.target.open)}><summary>${title.replaceAll('-', ' ')} <span class="faint">${of.length}</span></summary>
    ${isShown && html`<${Rows} label=${title}>${of.map((each) => html`<${Row} key=${each.id} kind="operation" isChosen=${each.id === id} to=${href(['reference', api, each.id], {q: asked('q')})}>
      <span class="method">${each.method}</span><span class="path">${each.path}</span><span class="faint">${each.summary}</span>${each.evidence === 'documented' || each.evidence === 'ours' ? '' : html`<${Word} kind="waiting">${each.evidence}<//>`}<//>`)}<//>`}</details>`;
}

function One({api, id, operations, back}) {
  const loaded = useLoad(`operation ${api} ${id}`, (end) => read(`/docs/${api}/${encodeURIComponent(id)}.json`, end), {isLive: false});
  const title = loaded.value ? `${loaded.value.method} ${loaded.value.path}` : id;
  return html`<${Details} title=${title} back=${back}><${Loaded} of=${loaded} what="the operation">${(told) => html`<${Operation} told=${told} operations=${operations} />`}<//><//>`;
}

function Operation({told, operations}) {
  const {operation, components} = told;
  const parameters = (operation.parameters ?? []).map((each) => resolved(each, components));
  const body = bodyOf(told);
  return html`<p><strong>${operation.summary}.</strong> <${Prose} text=${operation.description} /></p>
    <${Facts} of=${[['evidence', html`<${Word} kind=${['documented', 'ours'].includes(operation['x-evidence']) ? 'good' : 'waiting'}>${operation['x-evidence']}<//>`], ['source', operation['x-source']], ['PMS', operation['x-vendor'] ?? undefined], ['generic', operation['x-generic'] ?? undefined]]} />
    ${operation['x-assumed']?.length > 0 && html`<h3>What is assumed</h3><ul>${operation['x-assumed'].map((each) => html`<li key=${each}><${Prose} text=${each} /></li>`)}</ul>`}
    <${Try} told=${told} parameters=${parameters} body=${body} operations=${operations} />
    ${parameters.length > 0 && html`<h3>Parameters</h3><${Fields} label="Parameters" of=${parameters.map((each) => [`${each.name}`, {...resolved(each.schema, components), description: each.description}, each.required, each.in])} components=${components} />`}
    ${body && html`<h3>Body</h3><${SchemaFields} schema=${body} components=${components} /><${Example} title="Example of a body" of=${resolved(operation.requestBody, components)} />`}
    <h3>Replies</h3>${Object.entries(operation.responses).map(([status, response]) => { const known = resolved(response, components); const schema = known.content?.['application/json']?.schema; return html`<details key=${status}><summary><${Status} code=${Number(status)} /> ${known.description}</summary>${schema ? html`<${SchemaFields} schema=${schema} components=${components} />` : html`<p class="faint">No body is described.</p>`}</details>`; })}
    <${Example} title="Example of a reply" of=${resolved(operation.responses['200'], components)} />
    <p><a href="docs/${told.api}/${operation.operationId}.md">This operation as Markdown</a></p>`;
}

function Example({title, of}) {
  const example = of.content?.['application/json']?.example;
  return example !== undefined && html`<details><summary>${title}</summary><${Json} value=${JSON.stringify(example, null, 2)} label=${title} /></details>`;
}

function SchemaFields({schema, components, depth = 0}) {
  const object = innerObject(schema, components);
  if (!object) return html`<p><code>${typeOf(schema, components)}</code></p>`;
  const required = new Set(object.required ?? []);
  return html`<${Fields} label="Fields" depth=${depth} of=${Object.entries(object.properties).map(([name, each]) => [name, each, required.has(name)])} components=${components} />`;
}

function Fields({of, components, depth = 0}) {
  return html`<dl class="fields">${of.map(([name, schema, isRequired, where]) => html`<div key=${name}><dt><code>${name}</code> ${isRequired && html`<${Word} kind="bad">required<//>`}</dt>
    <dd><span class="faint">${where ? `${where}: ` : ''}${typeOf(schema, components)}${limitsOf(schema, components) && `, ${limitsOf(schema, components)}`}</span> <${Prose} text=${resolved(schema, components).description} />
    ${depth < 4 && innerObject(schema, components) && html`<${Inner} schema=${schema} components=${components} depth=${depth + 1} />`}</dd></div>`)}</dl>`;
}

function Inner({schema, components, depth}) {
  const [isShown, setShown] = useState(false);
  return html`<details onToggle=${(event) => setShown(event.target.open)}><summary>its fields</summary>${isShown && html`<${SchemaFields} schema=${schema} components=${components} depth=${depth} />`}</details>`;
}

// A generic write takes what the PMS of its integration takes; one of this PMS is tried.
const USUAL = 'ENTRATA';
const blank = (path) => path.replace(/\{\w+\}/g, '{}').replace(/\/$/, '');

async function particular(told, operations, end) {
  const found = operations.find((each) => each.vendor === USUAL && each.method === told.method && blank(each.path.replace('/entrata', '')) === blank(told.path));
  return !told.operation['x-vendor'] && found ? read(`/docs/${told.api}/${found.id}.json`, end) : told;
}

const bodyOf = ({operation, components}) => resolved(operation.requestBody, components).content?.['application/json']?.schema;

// Make a call that can be sent as it is, with ids out of the lists of the world itself.
async function prepared(told, parameters, operations, end) {
  const ids = {};
  const paths = new Set(operations.filter((each) => each.method === 'GET').map((each) => each.path));
  for (const {name} of parameters.filter((each) => each.in === 'path')) {
    const before = told.path.split(`{${name}}`)[0];
    const list = [before, before.replace(/[a-z_]+\/$/, '')].find((each) => paths.has(each) && !each.includes('{'));
    const first = list ? await firstOf(list, {}, end) : null;
    if (first) ids[name] = String(first.id ?? first.name ?? '');
  }
  const narrow = await particular(told, operations, end);
  const body = bodyOf(narrow);
  const object = body && innerObject(body, narrow.components);
  if (!object) return {ids, example: ''};
  if (object.properties.integration_id) Object.assign(ids, await idsOfBody(object, narrow, end));
  return {ids, example: JSON.stringify(exampleOf(body, narrow.components, ids), null, 2)};
}

async function idsOfBody(object, {operation, components}, end) {
  const {results} = await read('/v1/admin/integrations/?limit=250', end);
  const integration = results.find((each) => each.vendor === (operation['x-vendor'] ?? USUAL));
  if (!integration) return {};
  const ids = {integration_id: integration.id};
  for (const name of (object.required ?? []).filter((each) => each !== 'integration_id')) {
    const model = MODELS.get(resolved(object.properties[name], components)['x-references']);
    const asked = {integration_id: integration.id, ...(ids.property_id && {property_id: ids.property_id})};
    const first = model && (await firstOf(model.path, asked, end) ?? await firstOf(model.path, {integration_id: integration.id}, end));
    if (first) ids[name] = first.id;
  }
  return ids;
}

async function firstOf(path, query, end) {
  const found = await read(path.startsWith('/api/') ? path : `${path}?${new URLSearchParams({...query, limit: 1})}`, end).catch(() => null);
  return (Array.isArray(found) ? found : found?.results ?? found?.data ?? [])[0];
}

function Try({told, parameters, body, operations}) {
  const [values, setValues] = useState({});
  const [text, setText] = useState(null);
  const [reply, setReply] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const call = useLoad(`call ${told.operation.operationId} ${operations.length}`, (end) => prepared(told, parameters, operations, end), {isLive: false});
  const ids = call.value?.ids ?? {};
  useEffect(() => { setReply(null); }, [told]);
  const sent = text ?? call.value?.example ?? '';
  const valueOf = (each) => values[each.name] ?? (each.in === 'path' ? ids[each.name] ?? '' : '');
  const path = addressed(told.path, parameters, valueOf);
  const run = async (event) => {
    event.preventDefault();
    setBusy(true);
    const start = performance.now();
    try {
      const answer = await exchange(told.method, path, body ? sent : undefined);
      setReply({...answer, milliseconds: performance.now() - start});
      if (told.method !== 'GET') changes.value += 1;
    } catch (error) {
      setReply({error});
    }
    setBusy(false);
  };
  const line = curl({method: told.method, path, headers: {...headersOf(path), ...(body && {'content-type': 'application/json'})}, body: body ? sent : undefined});
  return html`<section class="try" aria-label="Try it"><h3>Try it</h3><form class="form" onSubmit=${run}>
    ${parameters.filter((each) => ['path', 'query'].includes(each.in)).map((each) => html`<label class="field" key=${each.name}><span>${each.name}${each.required ? ' (required)' : ''}</span><input value=${valueOf(each)} required=${each.required} autocomplete="off" spellcheck=${false} onInput=${(event) => setValues({...values, [each.name]: event.target.value})} /></label>`)}
    ${body && html`<label class="field whole"><span>Body: what is required; add more</span><textarea rows="8" spellcheck=${false} value=${sent} onInput=${(event) => setText(event.target.value)}></textarea></label>`}
    <span class="buttons whole"><button disabled=${isBusy || !(call.value || call.error)}>Send ${told.method}</button><${Copy} text=${line} label="Copy as curl" isCurl=${true} /></span></form>
    <p class="faint"><code>${told.method} ${path}</code></p>${reply && html`<${Reply} of=${reply} />`}</section>`;
}

function addressed(path, parameters, valueOf) {
  const query = new URLSearchParams(parameters.filter((each) => each.in === 'query' && valueOf(each) !== '').map((each) => [each.name, valueOf(each)]));
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(valueOf({name, in: 'path'})) || `{${name}}`);
  return filled + (query.size ? `?${query}` : '');
}

function Reply({of}) {
  if (of.error) return html`<p class="wrong" role="alert">No server answers.</p>`;
  return html`<p role="status"><${Status} code=${of.status} /> <span class="faint">${of.milliseconds.toFixed(0)} ms</span> ${of.headers.get('x-mock-rules') && html`<span class="faint">rules of ${of.headers.get('x-mock-rules')}</span>`}</p><${Json} value=${pretty(of.text)} label="The reply" />`;
}
