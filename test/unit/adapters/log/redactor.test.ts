import assert from 'node:assert/strict';
import fc from 'fast-check';
import { environmentSecrets } from '../../../../src/adapters/log/environmentSecrets';
import { Redactor } from '../../../../src/adapters/log/redactor';
import { redactPatterns } from '../../../../src/base/secretPatterns';

const secret = 'CANARY/6f1e+"b\\0 ü?&=';
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('Redactor', () => {
  const redactor = new Redactor([secret, undefined, '', 'short', '  padded-secret \n']);

  const forms: Readonly<Record<string, string>> = {
    raw: secret,
    'JSON-escaped': JSON.stringify({ secret }),
    'JSON in JSON': JSON.stringify(JSON.stringify({ secret })),
    'URL-encoded': `https://x/?q=${encodeURIComponent(secret)}&r=1`,
    'URL-encoded in lower case': encodeURIComponent(secret).replace(/%../g, (e) => e.toLowerCase()),
    'URL-encoded twice': encodeURIComponent(encodeURIComponent(secret)),
    'form-encoded': encodeURIComponent(secret).replaceAll('%20', '+'),
    'as a URI': encodeURI(secret),
    'every byte escaped': Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
    hex: Buffer.from(secret).toString('hex'),
    'base64 with nothing around it': base64(secret),
    'base64 one byte later': base64(`x${secret}yz`),
    'base64 two bytes later': base64(`xy${secret}z`),
    'base64 three bytes later': base64(`Basic:${secret}:more`),
    'base64 for URLs': Buffer.from(`u:${secret}`).toString('base64url'),
    'slashes escaped': secret.replaceAll('/', '\\/'),
  };
  for (const [name, text] of Object.entries(forms)) {
    it(`takes out a known secret that is ${name}`, () => {
      const cleaned = redactor.redactKnown(`before ${text} after`);
      assert.match(cleaned, /^before .*….* after$/);
      for (const form of Object.values(forms)) assert.ok(!cleaned.includes(form), cleaned);
      assert.ok(!Buffer.from(cleaned, 'base64').toString().includes('6f1e'));
    });
  }

  it('takes it out wherever it is cut into pieces, in every form, and loses nothing else', () => {
    for (const text of Object.values(forms)) {
      const whole = `a ${text} z`;
      for (let cut = 0; cut <= whole.length; cut += 1) {
        let written = '';
        const stream = redactor.stream((piece) => (written += piece));
        stream.write(whole.slice(0, cut));
        stream.write(whole.slice(cut));
        stream.end();
        assert.equal(written, redactor.redactKnown(whole));
      }
      let written = '';
      const stream = redactor.stream((piece) => (written += piece));
      for (const character of whole) stream.write(character);
      stream.end();
      assert.equal(written, redactor.redactKnown(whole));
    }
  });

  it('holds back no more than the start of a secret', () => {
    const written: string[] = [];
    const stream = redactor.stream((piece) => written.push(piece));
    stream.write('nothing secret here C');
    assert.deepEqual(written, ['nothing secret here ']);
    stream.write('at');
    assert.equal(written.join(''), 'nothing secret here Cat');
  });

  it('leaves text without secrets alone, and short values are no secrets', () => {
    for (const text of ['short and sweet', 'src/a.ts:12 failed', 'exit code 1', '']) {
      assert.equal(redactor.redact(text), text);
    }
    assert.equal(redactor.redactKnown('the padded-secret here'), 'the … here');
  });

  it('takes out any secret in raw, base64, URL and JSON form, whatever is around it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), text, text, (value, a, b) => {
        const any = value.trim();
        fc.pre(any.length >= 6 && !`${a} ${b}`.includes(any));
        const own = new Redactor([any]);
        const encoded = [any, JSON.stringify(any).slice(1, -1)];
        for (const form of encoded) assert.ok(!own.redactKnown(`${a} ${form} ${b}`).includes(any));
        const bytes = Buffer.concat([Buffer.from(a), Buffer.from(any), Buffer.from(b)]);
        const cleaned = own.redactKnown(bytes.toString('base64'));
        assert.ok(cleaned.includes('…'));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no part of a secret where a long text is cut', () => {
    const key = `sk-proj-${'Ab3'.repeat(40)}`;
    const cut = 64 * 1024;
    for (const value of [secret, base64(secret), key]) {
      for (const before of [cut - 1, cut - 12, cut - value.length + 1, cut + 16 * 1024 - 5]) {
        const cleaned = redactor.redact(`${'. '.repeat(before).slice(0, before)}${value} after`);
        assert.ok(cleaned.length <= cut + 1, `${cleaned.length}`);
        for (let at = 0; at + 6 <= value.length; at++) {
          assert.ok(!cleaned.includes(value.slice(at, at + 6)), cleaned.slice(-200));
        }
      }
    }
    const many = `${secret} `.repeat(10_000);
    assert.ok(!redactor.redact(many).includes('CANARY'));
  });

  it('learns more secrets later, and cuts what is far too long for a log', () => {
    const own = new Redactor();
    assert.equal(own.redactKnown('value-of-later'), 'value-of-later');
    own.know('value-of-later');
    assert.equal(own.redactKnown('value-of-later'), '…');
    assert.ok(own.redact('x '.repeat(1_000_000)).length < 70_000);
  });
});

describe('redactPatterns', () => {
  const key = (start: string, length: number) => start + 'aB3dE5gH7jK9'.repeat(9).slice(0, length);
  const secrets = [
    ...[key('sk-', 48), key('sk-proj-', 80), 'sk-***********abcd', key('sess-', 40)],
    ...['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE', key('ghp_', 36), key('gho_', 36)],
    ...[
      key('github_pat_', 60),
      key('glpat-', 20),
      key('npm_', 36),
      key('pypi-', 60),
      key('hf_', 34),
    ],
    ...[
      key('xoxb-', 50),
      key('xapp-1-', 40),
      key('AIza', 35),
      key('ya29.', 60),
      key('GOCSPX-', 28),
    ],
    ...[key('sk_live_', 24), key('rk_test_', 24), `${key('SG.', 22)}.${key('', 43)}`],
    `${key('eyJ', 30)}.${key('eyJ', 60)}.${key('', 43)}`,
  ];
  for (const value of secrets) {
    it(`takes out ${value.slice(0, 12)}`, () => {
      for (const text of [value, `x=${value};`, `("${value}")`, `at ${value}\nnext`]) {
        assert.ok(!redactPatterns(text).includes(value.slice(-8)), redactPatterns(text));
      }
    });
  }

  const texts: readonly [string, string][] = [
    ['Authorization: Bearer abc.def-ghi', 'abc.def'],
    ['Proxy-Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['https://me:hunter22@host/x', 'hunter22'],
    ['postgres://app:hunter22@db:5432/x?sslmode=on', 'hunter22'],
    ['https://token-alone@github.com/x', 'token-alone'],
    ['Server=db;Password=hunter22;Encrypt=1', 'hunter22'],
    ['AccountKey=aGVsbG8+/w==;x', 'aGVsbG8'],
    ['{"api_key": "hunter22"}', 'hunter22'],
    ["client_secret: 'hunter22'", 'hunter22'],
    ['GET /x?access_token=hunter22&y=1', 'hunter22'],
    ['GET /x?key=hunter22', 'hunter22'],
    ['https://host/?mail=me.too%40example.org', 'me.too'],
    ['fatal: could not read from git+ssh://me@example.org', 'me@example'],
    ['https://hooks.slack.com/services/T000/B000/XXXXXXXX', 'XXXXXXXX'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----', 'MIIabc'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz', 'b3BlbnNz'],
  ];
  for (const [text, value] of texts) {
    it(`takes the secret out of ${JSON.stringify(text.slice(0, 50))}`, () => {
      assert.ok(!redactPatterns(`a ${text} b`).includes(value), redactPatterns(text));
    });
  }

  it('keeps what a log is for', () => {
    for (const text of [
      'The tool rg failed unexpectedly: spawn /usr/bin/rg ENOENT',
      'localhost:8080 refused the connection. Is the server running?',
      'maximum context length is 8192 tokens, requested 9000 tokens',
      'https://api.example.org/v1/responses answered with status 500',
      'at Object.<anonymous> (/app/dist/extension.js:12:34)',
      'git@1.2 sk-learn token count 12, the key was refused',
    ]) {
      assert.equal(redactPatterns(text), text);
    }
  });

  it('takes no longer than the text is long, whatever is in it', () => {
    for (const text of ['a@'.repeat(50_000), 'eyJaaaaaa.'.repeat(9_000), 'x://'.repeat(20_000)]) {
      const startedAt = performance.now();
      redactPatterns(text + '-----BEGIN PRIVATE KEY'.repeat(2000));
      assert.ok(performance.now() - startedAt < 2000);
    }
  });
});

describe('environmentSecrets', () => {
  it('knows secrets by the name of a variable, or a password in an address', () => {
    const env = {
      ...{ OPENAI_API_KEY: 'k1', GITHUB_TOKEN: 'k2', DB_PASSWORD: 'k3', SENTRY_DSN: 'k4' },
      ...{ HTTPS_PROXY: 'http://me:k5@proxy:8080', npm_config__authToken: 'k6' },
      ...{ PATH: '/bin', SSH_AUTH_SOCK: '/tmp/agent', HOME: '/root', KEYBOARD_LAYOUT: 'de' },
      ...{ EMPTY_KEY: '' },
    };
    assert.deepEqual(environmentSecrets(env), ['k1', 'k2', 'k3', 'k4', 'k5', 'k6']);
  });
});
