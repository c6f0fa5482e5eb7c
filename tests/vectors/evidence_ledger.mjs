// A ledger small enough to read, of which evidence.mjs makes packs: what an honest program would have recorded, step by
// step, and the places where a forger can say something else. Keys have fixed seeds; what the format takes from chance
// is hashed from a label, as in format_vectors.mjs.
import * as format from './format.mjs';

const {hex, jcs, sha256, utf8} = format;
const label = (text) => sha256(utf8(text));
const counting = (first) => Buffer.from(Array.from({length: 32}, (_, i) => first + i));

export const kOrigin = 'ledger.example/audit';
export const kKeys = {
  checkpoint: format.makeKey(counting(0x00)),
  service: format.makeKey(counting(0x60)),
  administrator: format.makeKey(counting(0x40)),
  professional: format.makeKey(counting(0x80)),
};
for (const name of ['checkpoint2', 'service2', 'professional2', 'director', 'director2', 'witness', 'stranger'])
  kKeys[name] = format.makeKey(label(`seed of ${name}`));

const micros = (position, moved) => {
  const time = new Date(Date.UTC(2026, 0, 2, 13) + position * 3600000).toISOString().slice(0, 20);
  return `${time}${String(position + 1 + moved).padStart(6, '0')}Z`;
};

// What is recorded, in order. A step says `stream`, `type`, who (`actor`, `as`) and with which keys (`signers`), and
// may say more of the statement; `open`, `data` and `seen` may be functions of the ledger so far. A forger's step may
// give `ledger`, `key` (the names in the statement), `moved` (microseconds), `onLeaf`, `onText`, `onPayload` (what is
// recorded in its place) and `onSignatures`.
export class Ledger {
  constructor(steps, stamp) {
    this.stamp = stamp;  // (kind, hash name, bytes) => token
    this.events = [];
    this.named = new Map();
    for (const step of steps) this.#add(step);
  }

  at(name) {
    return this.named.get(name);
  }

  root(size) {
    return format.root(this.events.slice(0, size).map((event) => event.hash));
  }

  headText(size) {
    return utf8(`${kOrigin}\n${size}\n${this.root(size).toString('base64')}\n`);
  }

  get name() {
    return `${kOrigin}#${hex(this.events[0].hash).slice(0, 16)}`;
  }

  // The heads of the streams that the first `size` events make.
  heads(size) {
    return new Map(
        this.events.slice(0, size).map(({says, leaf, hash}) => [says.stream, {version: leaf.version, hash}]));
  }

  #add(step) {
    const position = this.events.length;
    const of = (value) => typeof value === 'function' ? value(this) : value;
    const content = this.#commit(step, position, of(step.data));
    const recorded_at = micros(position, step.moved ?? 0);
    const says = {
      actor: step.actor,
      as: step.as,
      at: `${recorded_at.slice(0, 19)}+00:00`,
      id: makeId(position, recorded_at),
      key: kKeys[step.key ?? step.signers[0]].id,
      ledger: step.ledger ?? (position === 0 ? kOrigin : this.name),
      schema: step.schema ?? 1,
      stream: step.stream,
      type: step.type,
      ...content.says,
    };
    for (const [name, value] of [
             ['open', of(step.open)], ['seen', of(step.seen)], ['for', step.for], ['cause', step.cause], ['file', step.file]])
      if (value !== undefined) says[name] = value;
    const text = jcs(says);
    const payload = utf8(step.onPayload ? step.onPayload(text) : text);
    const signatures = step.signers.map((signer) => kKeys[signer].sign(format.pae(payload)));
    const envelope = format.makeEnvelope(payload, step.onSignatures ? step.onSignatures(signatures) : signatures);
    const before = this.events.filter((event) => event.says.stream === says.stream).at(-1);
    let leaf = {envelope, position, recorded_at, version: (before?.leaf.version ?? 0) + 1};
    if (before) leaf.prev = hex(before.hash);
    leaf = step.onLeaf ? step.onLeaf(leaf) : leaf;
    const leafText = step.onText ? step.onText(jcs(leaf)) : jcs(leaf);
    this.events.push({position, says, leaf, text: leafText, hash: format.hashLeaf(utf8(leafText)), content});
    if (step.name) this.named.set(step.name, position);
  }

  #commit({personal = []}, position, data) {
    const part = (compartment, i, value) => {
      const key = label(`commitment key ${position}/${compartment}/${i}`);
      return {commitment: format.commit(key, value), door: {key: hex(key), value}};
    };
    const content = {
      says: {},
      data: data && part('data', 0, data),
      personal: personal.map((value, i) => part('personal', i, value))
    };
    if (data) content.says.data = content.data.commitment;
    if (personal.length > 0)
      content.says.personal = `sha256:${hex(sha256(utf8(jcs(content.personal.map(({commitment}) => commitment)))))}`;
    return content;
  }
}

function makeId(position, recorded_at) {
  const time = Date.parse(recorded_at).toString(16).padStart(12, '0');
  const rest = hex(label(`id ${position}`));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

// ---- Who speaks -----------------------------------------------------------------------------------------------------

const administrator = {actor: 'administrador.1', as: 'administrator', signers: ['administrator']};
const coordination = {actor: 'coordinacion.1', as: 'procedure_coordinator', signers: ['service']};
const subdirection = {actor: 'subdirectora.1', as: 'subdirection', signers: ['service']};
const director = {actor: 'directora.ddo', as: 'director@ddo', signers: ['director']};
const professional = {actor: 'profesional.ddo.1', as: 'professional@ddo', signers: ['service']};
const colleague = {actor: 'profesional.ddo.2', as: 'professional@ddo', signers: ['service']};
const neighbour = {actor: 'director.dgr', as: 'director@dgr', signers: ['service']};
const ledger = {actor: 'ledger', as: 'ledger', stream: 'ledger', signers: ['service']};

function registered(actor, person, role, unit) {
  const stream = `actor/${actor}`;
  const open = {act: 'resolucion-12-2026', from: '2026-01-02', role, title: 'titular'};
  return [
    {...administrator, name: `${actor} registered`, stream, type: 'actor.registered',
     data: unit ? {kind: 'person', unit} : {kind: 'person'}, personal: [{name: person}]},
    {...administrator, stream, type: 'actor.role.granted', open: unit ? {...open, unit} : open},
  ];
}

const enrolled = (actor, key, by, open, signers) =>
    ({...by, stream: `actor/${actor}`, type: 'actor.key.enrolled', schema: 2, signers: [...signers, key],
      open: {...open, public_key: hex(kKeys[key].public)}});

const rotated = (name, purpose, from, to) => ({
  ...administrator, name, stream: 'ledger', type: 'ledger.key.rotated', signers: ['administrator', from, to],
  open: {public_key: hex(kKeys[to].public), purpose, replaces: kKeys[from].id},
  seen: (so_far) => ({root: hex(so_far.root(so_far.events.length)), size: so_far.events.length}),
});

// The root over the heads is the pack's business: `rootOfNames` makes it.
export const recorded = (name, rootOfNames, signer = 'service') => ({
  ...ledger, name, type: 'heads.recorded', signers: [signer],
  open: (so_far) => {
    const heads = so_far.heads(so_far.events.length);
    return {root: hex(rootOfNames(heads)), size: so_far.events.length, streams: heads.size};
  },
});

// ---- Time stamps ----------------------------------------------------------------------------------------------------

// `open` and `data` of a stamp of the head of `size`, with `token`.
export function stampOf(so_far, size, authority, token) {
  return {open: {authority, root: hex(so_far.root(size)), size, token_sha256: hex(sha256(token))},
          data: {token: token.toString('base64')}};
}

const stamped = (name, sizeOf, kind, {signer = 'service', type = 'timestamp.obtained', tokenOf}) => {
  const make = (so_far) => stampOf(so_far, sizeOf(so_far), `autoridad-${kind}`, tokenOf(so_far, sizeOf(so_far)));
  return {
    ...ledger,
    name,
    type,
    signers: [signer],
    open: (so_far) => make(so_far).open,
    data: (so_far) => make(so_far).data
  };
};

export const obtained = (name, size, kind, signer) =>
    stamped(name, size, kind, {signer, tokenOf: (so_far, n) => so_far.stamp(kind, 'sha256', so_far.headText(n))});

export const tokensOf = (so_far, size) => so_far.events
    .filter(({says}) => says.type.startsWith('timestamp.') && says.open.size === size)
    .map(({content}) => Buffer.from(content.data.door.value.token, 'base64'));

const renewed = (name, size, kind, signer) => stamped(name, size, kind, {
  signer, type: 'timestamp.renewed',
  tokenOf: (so_far, n) => so_far.stamp(kind, 'sha512', Buffer.concat([...tokensOf(so_far, n), so_far.headText(n)])),
});

// ---- The history ----------------------------------------------------------------------------------------------------

const kPlan = 'plan/2026/ddo';
const kFirst = 'intervention/2026/ddo/0001';
const kSecond = 'intervention/2026/ddo/0002';
const kFile = '2026-ddo-0001';
const evidenceOf = (title) => [{sha256: hex(label(title)), title}];

const line = (code, theme) => ({
  budget_cop: 18500000,
  end: '2026-04-03',
  entity: 'municipio-05001',
  line: code,
  milestones: [{due: '2026-03-19', milestone: 'h1'}],
  modality: 'on_site',
  obligation: 'voluntary',
  order: 'territorial',
  reach: 'individual',
  responsible: 'profesional.ddo.1',
  service: 'ddo-asistencia',
  start: '2026-02-02',
  theme,
});

// `rootOfNames`: see `recorded`.
export function history(rootOfNames) {
  const here = (so_far) => so_far.events.length;
  return [
    {
      ...administrator,
      name: 'founding',
      stream: 'ledger',
      type: 'ledger.founded',
      signers: ['administrator', 'service'],
      open: {
        administrator: 'administrador.1',
        administrator_key: hex(kKeys.administrator.public),
        agency: 'ente-de-ejemplo',
        checkpoint_key: hex(kKeys.checkpoint.public),
        origin: kOrigin,
        public_entries: false,
        service_key: hex(kKeys.service.public)
      }
    },
    ...registered('coordinacion.1', 'Inés Ibáñez', 'procedure_coordinator'),
    {
      ...coordination,
      stream: 'unit/ddo',
      type: 'unit.registered',
      data: {name: 'Dirección de Desarrollo Organizacional'}
    },
    {...coordination, stream: 'unit/dgr', type: 'unit.registered', data: {name: 'Dirección de Gestión del Riesgo'}},
    ...registered('directora.ddo', 'Úrsula Peña', 'director', 'ddo'),
    {
      ...enrolled('directora.ddo', 'director', administrator, {ground: 'first'}, ['administrator']),
      name: 'director enrolled'
    },
    ...registered('profesional.ddo.1', 'María Ñáñez', 'professional', 'ddo'),
    ...registered('profesional.ddo.2', 'José Güiza', 'professional', 'ddo'),
    ...registered('director.dgr', 'Tomás Ríos', 'director', 'dgr'),
    ...registered('subdirectora.1', 'Zoë Núñez', 'subdirection'),
    {
      ...coordination,
      stream: 'entity/municipio-05001',
      type: 'entity.registered',
      data: {divipola: '05001', from: '2026-01-02', name: 'Municipio de Medellín', order: 'territorial'}
    },
    {
      ...director,
      stream: 'service/ddo-asistencia',
      type: 'service.offered',
      data: {
        any_order: false,
        kind: 'technical_assistance',
        milestones: [{code: 'h1', name: 'Diagnóstico'}],
        name: 'Asistencia en estructura',
        theme: 'Estructura',
        unit: 'ddo'
      }
    },
    {...professional, name: 'opened', stream: kPlan, type: 'plan.opened', data: {title: 'Plan 2026 de la DDO'}},
    {
      ...professional,
      name: 'line 1',
      stream: kPlan,
      type: 'plan.line.added',
      data: line('0001', 'Manual de funciones')
    },
    {
      ...neighbour,
      name: 'neighbour opened',
      stream: 'plan/2026/dgr',
      type: 'plan.opened',
      data: {title: 'Plan 2026 de la DGR'}
    },
    {...director, name: 'line 2', stream: kPlan, type: 'plan.line.added', data: line('0002', 'Rediseño institucional')},
    {...director, name: 'submitted', stream: kPlan, type: 'plan.submitted', data: {lines: 2}},
    {
      ...subdirection,
      name: 'verified',
      stream: kPlan,
      type: 'plan.verified',
      data: {observations: 'Sin observaciones.'}
    },
    {...subdirection, name: 'approved', stream: kPlan, type: 'plan.approved', data: {act: 'Acta 3 de 2026'}},
    recorded('heads 1', rootOfNames),
    obtained('rsa', here, 'rsa'),
    {
      ...director,
      name: 'scheduled 1',
      stream: kFirst,
      type: 'intervention.scheduled',
      data: {team: ['profesional.ddo.1']}
    },
    {...professional, name: 'started', stream: kFirst, type: 'intervention.started', data: {date: '2026-02-02'}},
    {...neighbour, name: 'neighbour submitted', stream: 'plan/2026/dgr', type: 'plan.submitted', data: {lines: 0}},
    {
      ...professional,
      name: 'session',
      stream: kFirst,
      type: 'session.held',
      file: kFile,
      data: {
        attendees: 3,
        code: 's1',
        commitments: [],
        date: '2026-02-10',
        entities: ['municipio-05001'],
        from: '08:00',
        mechanism: 'working_table',
        modality: 'on_site',
        place: 'Medellín',
        to: '11:30',
        topics: ['Línea 1\n«manual»', '\u{1F4C4}']
      }
    },
    {
      ...professional,
      name: 'attendance',
      stream: kFirst,
      type: 'attendance.recorded',
      file: kFile,
      data: {document: evidenceOf('Lista de asistencia')[0], kind: 'paper', listed: 3, session: 's1'},
      personal: [
        {name: 'José Peña Ibáñez', post: 'Alcalde'}, {document_number: '1000000002', name: 'Zoë Güiza'}, {name: 'Ana Ñ'}
      ]
    },
    {
      ...enrolled('profesional.ddo.1', 'professional', administrator, {ground: 'first'}, ['administrator']),
      name: 'professional enrolled'
    },
    {
      ...professional,
      name: 'reached',
      stream: kFirst,
      type: 'milestone.reached',
      signers: ['professional'],
      data: {date: '2026-03-19', evidence: evidenceOf('Informe'), milestone: 'h1'}
    },
    {
      ...enrolled(
          'directora.ddo', 'director2', director, {ground: 'rotation', replaces: kKeys.director.id}, ['director']),
      name: 'director rotated'
    },
    {
      ...director,
      name: 'action',
      stream: kFirst,
      type: 'action.taken',
      signers: ['director2'],
      data: {
        cause: 'El municipio entregó tarde.',
        changes: [{field: 'end', from: '2026-04-03', to: '2026-04-24'}],
        code: 'a1',
        kind: 'corrective',
        matter: 'dates',
        reason: 'No cabe en el plazo.',
        responsible: 'profesional.ddo.1'
      }
    },
    rotated('checkpoint rotated', 'checkpoint', 'checkpoint', 'checkpoint2'),
    {
      ...enrolled(
          'profesional.ddo.1', 'professional2', administrator, {ground: 'replacement', replaces: kKeys.professional.id},
          ['administrator']),
      name: 'professional replaced'
    },
    {
      ...professional,
      name: 'scheduled 2',
      stream: kSecond,
      type: 'intervention.scheduled',
      signers: ['professional2'],
      data: {team: ['profesional.ddo.1', 'profesional.ddo.2']}
    },
    obtained('ec', here, 'ec'),
    renewed('renewed', (so_far) => so_far.events[so_far.at('rsa')].says.open.size, 'ec384'),
    rotated('service rotated', 'service', 'service', 'service2'),
    {
      ...colleague,
      name: 'alert',
      stream: kFirst,
      type: 'alert.raised',
      signers: ['service2'],
      data: {code: 'al1', matter: 'dates', reason: 'Vence en cinco días.'}
    },
    {
      ...administrator,
      name: 'delegated',
      stream: 'actor/profesional.ddo.2',
      type: 'actor.role.granted',
      open: {
        act: 'resolucion-40-2026',
        from: '2026-01-02',
        role: 'director',
        stands_in_for: 'directora.ddo',
        title: 'delegation',
        unit: 'ddo'
      }
    },
    {
      ...colleague, name: 'delegate', as: 'director@ddo', for: 'directora.ddo', stream: kFirst, type: 'alert.closed',
          signers: ['service2'], data: {code: 'al1', reason: 'Se amplió el plazo.'}
    },
    {
      ...administrator,
      name: 'revoked',
      stream: 'actor/directora.ddo',
      type: 'actor.key.revoked',
      open: {because: 'lost', key: kKeys.director2.id}
    },
    {
      ...director,
      name: 'validated',
      stream: kFirst,
      type: 'milestone.validated',
      signers: ['service2'],
      data: {milestone: 'h1'}
    },
    recorded('heads 2', rootOfNames, 'service2'),
    {
      ...director,
      name: 'beyond',
      stream: kPlan,
      type: 'control.performed',
      signers: ['service2'],
      data: {
        activity: 5,
        date: '2026-01-04',
        evidence: evidenceOf('Lista de control'),
        period_from: '2026-01-01',
        period_to: '2026-01-03',
        result: 'conforming'
      }
    },
    {
      ...colleague,
      name: 'last',
      stream: kSecond,
      type: 'intervention.started',
      signers: ['service2'],
      data: {date: '2026-04-06'}
    },
  ];
}

// The steps with the named one changed, or another before it.
export const changed = (steps, name, change) => steps.map((step) => step.name === name ? {...step, ...change} : step);
export const before = (steps, name, ...more) => steps.flatMap((step) => step.name === name ? [...more, step] : [step]);
export const speakers = {administrator, professional, director, colleague, ledger};
