// What a JSON schema of a contract says: its type in a few words, its fields, an example.

const MOST_DEPTH = 4;

export function resolved(schema, components) {
  if (!schema?.$ref) return schema ?? {};
  const [, , kind, name] = schema.$ref.split('/');
  const {$ref, ...beside} = schema;
  return {...resolved(components[kind]?.[name], components), ...beside};
}

export function typeOf(given, components) {
  const schema = resolved(given, components);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((each) => typeOf(each, components)).join(' or ');
  const type = [schema.type ?? 'any'].flat().join(' or ');
  if (type.startsWith('array')) return `array of ${typeOf(schema.items, components)}${type.includes('null') ? ' or null' : ''}`;
  return schema.format ? `${type}, ${schema.format}` : type;
}

// The object within a schema, if there is one: itself, what an array holds, or one of several.
export function innerObject(given, components) {
  const schema = resolved(given, components);
  if (schema.properties) return schema;
  if (schema.items) return innerObject(schema.items, components);
  for (const each of schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) {
    const found = innerObject(each, components);
    if (found) return found;
  }
  return null;
}

export function limitsOf(given, components) {
  const schema = resolved(given, components);
  const told = [['minimum', 'at least'], ['maximum', 'at most'], ['minLength', 'length at least'], ['maxLength', 'length at most'], ['maxItems', 'items at most'], ['default', 'default']];
  return told.filter(([name]) => schema[name] !== undefined).map(([name, words]) => `${words} ${JSON.stringify(schema[name])}`).join(', ');
}

const BY_FORMAT = {'date-time': '2026-03-01T09:00:00.000Z', date: '2026-03-01', email: 'ada.okafor@example.com', uri: 'http://127.0.0.1:8090/hooks', url: 'http://127.0.0.1:8090/hooks'};
const BY_NAME = [[/first_name$/, 'Ada'], [/last_name$/, 'Okafor'], [/email/, 'ada.okafor@example.com'], [/^phone$/, '07700 900123'], [/phone/, '(555) 555-0142'], [/date/, '2026-03-01'], [/postcode$/, 'NG1 5DT'], [/url$/, 'http://127.0.0.1:8090/hooks']];

// An example of what is required; `ids` are known values of fields, by name.
export function exampleOf(given, components, ids = {}, name = '', depth = 0) {
  const schema = resolved(given, components);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return exampleOf(choices[0], components, ids, name, depth);
  const type = [schema.type].flat()[0];
  if (schema.properties || type === 'object') return objectOf(schema, components, ids, depth);
  if (type === 'array') return schema.minItems && depth < MOST_DEPTH ? [exampleOf(schema.items, components, ids, name, depth + 1)] : [];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  return ids[name] ?? BY_FORMAT[schema.format] ?? BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}

function objectOf(schema, components, ids, depth) {
  if (depth > MOST_DEPTH) return {};
  const required = schema.required ?? [];
  return Object.fromEntries(required.filter((each) => schema.properties?.[each]).map((each) => [each, exampleOf(schema.properties[each], components, ids, each, depth + 1)]));
}
