// Coverage: which operations were called and how they ended, and what programs should not do.

import {Details, Empty, Loaded, Status, Word} from '../parts.js';
import {read, useLoad} from '../calling.js';
import {html} from '../drawing.js';
import {href, rest} from '../place.js';

const APIS = [['propexo', 'Propexo'], ['leadpro', 'LeadPro']];
const COLUMNS = ['never', 'read', 'written', 'refused', 'failed'];
const KINDS = {never: 'plain', read: 'good', written: 'good', refused: 'waiting', failed: 'bad'};

export function Coverage() {
  const [api, tag] = rest.value;
  const loaded = useLoad('coverage', readAll);
  return html`<div class="split ${tag ? 'is-open' : ''}"><section class="list"><h1>Coverage</h1>
    <${Loaded} of=${loaded} what="the coverage">${({coverage, tags}) => html`<${Totals} of=${coverage} />
      ${APIS.map(([name, title]) => html`<${Grid} key=${name} api=${name} title=${title} tags=${tags.filter((each) => each.api === name)} chosen=${api === name ? tag : ''} />`)}<${Assumptions} of=${coverage.assumptions} />`}<//>
    <${Findings} /></section>
    ${tag && html`<${Operations} of=${loaded.value?.tags.find((each) => each.api === api && each.tag === tag)} title=${tag} back=${href(['coverage'])} />`}</div>`;
}

async function readAll(end) {
  const [coverage, ...documents] = await Promise.all([read('/__admin/coverage', end), ...APIS.map(([name]) => read(`/docs/${name}.json`, end))]);
  const counts = new Map(coverage.operations.calls.map((each) => [each.operation, each.statuses]));
  const tags = documents.flatMap(({operations}, at) => [...Map.groupBy(operations, (each) => each.tag)].map(([tag, of]) => ({api: APIS[at][0], tag, operations: of.map((each) => ended(each, counts)) })));
  return {coverage, tags};
}

// How the calls of an operation ended; one may have ended in several ways.
function ended(operation, counts) {
  const key = `${operation.method} ${operation.path}`;
  const statuses = Object.entries(counts.get(key) ?? {}).map(([status, count]) => [Number(status), count]);
  const ways = new Set(statuses.map(([status]) => (status >= 500 || status === 0 ? 'failed' : status >= 400 ? 'refused' : operation.method === 'GET' ? 'read' : 'written')));
  return {key, id: operation.id, summary: operation.summary, statuses, ways: ways.size ? [...ways] : ['never']};
}

function Totals({of}) {
  const parts = [['operations', of.operations], ['statuses of operations', of.statuses], ['PMSs', of.pms], ['webhook events', of.triggers]];
  return html`<p class="faint">Called or seen in all worlds since the start.</p><ul class="lines" aria-label="Totals">${parts.map(([name, {seen, total}]) => html`<li key=${name}><span class="name">${name}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="full" width=${(100 * seen) / Math.max(1, total)} height="8" /></svg><span>${seen} of ${total}</span></li>`)}</ul>`;
}

function Grid({api, title, tags, chosen}) {
  const count = (tag, way) => tag.operations.filter((each) => each.ways.includes(way)).length;
  return html`<h2>${title}</h2><div class="wide"><table class="grid"><thead><tr><th scope="col">Tag</th>${COLUMNS.map((each) => html`<th key=${each} scope="col" class="number">${each}</th>`)}</tr></thead><tbody>
    ${tags.map((each) => html`<tr key=${each.tag} class=${each.tag === chosen ? 'differs' : ''}><th scope="row"><a href=${href(['coverage', api, each.tag])} data-row>${each.tag.replaceAll('-', ' ')}</a></th>${COLUMNS.map((way) => { const found = count(each, way); return html`<td key=${way} class="number">${found ? html`<${Word} kind=${KINDS[way]}>${found}<//>` : html`<span class="faint">·</span>`}</td>`; })}</tr>`)}</tbody></table></div>`;
}

function Operations({of, title, back}) {
  return html`<${Details} title=${title.replaceAll('-', ' ')} back=${back}>${of ? html`<ul class="lines" aria-label="Operations">${of.operations.map((each) => html`<li key=${each.key}><a class="name" href=${href(['reference', of.api, each.id])}>${each.key}</a>
    ${each.ways.map((way) => html`<${Word} key=${way} kind=${KINDS[way]}>${way}<//>`)}${each.statuses.map(([status, count]) => html`<span key=${status}><${Status} code=${status} /> ${count} ×</span>`)}
    ${each.statuses.length > 0 && html`<a href=${href(['calls'], {q: each.key.split(' ')[1].split('{')[0]})}>its calls</a>`}</li>`)}</ul>` : html`<p class="faint">No operation has this tag.</p>`}<//>`;
}

function Assumptions({of}) {
  if (!of.length) return null;
  return html`<h2>What these calls lean on</h2><p class="faint">No document says everything of these operations.</p><dl class="fields">${of.map((each) => html`<div key=${each.operation}><dt><code>${each.operation}</code> <${Word}>${each.evidence}<//></dt>${each.assumed.map((one) => html`<dd key=${one}>${one}</dd>`)}</div>`)}</dl>`;
}

function Findings() {
  const loaded = useLoad('findings', (end) => read('/__admin/findings', end));
  return html`<h2>Conduct</h2><${Loaded} of=${loaded} what="the findings">${({results}) => (results.length ? html`<ul class="lines" aria-label="Findings">${results.map((each, at) => html`<li key=${at}><${Word} kind="bad">${each.rule.replaceAll('-', ' ')}<//> <span>${each.message}</span> <span class="faint">world ${each.world}${each.credential ? `, ${each.credential}` : ''}</span>
    <span>${each.calls.slice(0, 8).map((number) => html`<a key=${number} href=${href(['calls', number], {}, each.world)}>call ${number}</a> `)}</span></li>`)}</ul>` : html`<${Empty}>No program did anything doubtful: no write was left unasked, no list read to its first page only.<//>`)}<//>`;
}
