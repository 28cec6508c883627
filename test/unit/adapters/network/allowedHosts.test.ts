import assert from 'node:assert/strict';
import { AllowedHosts } from '../../../../src/adapters/network/allowedHosts';

interface Case {
  readonly id: string;
  readonly entries: readonly string[] | undefined;
  readonly covers?: readonly string[];
  readonly not?: readonly string[];
}

const anything = ['ok.com:443', 'a.ok.com:80', '8.8.8.8:443', '[2001:db8::1]:443'];

const cases: readonly Case[] = [
  { id: 'E02 an empty list', entries: [], not: anything },
  { id: 'E02 no list', entries: undefined, not: anything },
  { id: 'E02 an empty text', entries: [''], not: anything },
  {
    id: 'E02 blanks and separators',
    entries: [' ', ',', '.', '*.', '**', ':', '*:'],
    not: anything,
  },
  { id: 'E02 a star that somebody wrote', entries: ['*'], covers: anything, not: ['ok.com:22'] },
  {
    id: 'E02 what is no domain',
    entries: ['http://ok.com', 'ok.com/x', 'a@ok.com', 'ok.*'],
    not: anything,
  },
  {
    id: 'E03 one name',
    entries: ['OK.com.'],
    covers: ['ok.com:443', 'ok.com:80'],
    not: ['a.ok.com:443', 'ok.com.evil:443', 'notok.com:443', 'ok.com:8443'],
  },
  {
    id: 'E03 all below a name',
    entries: ['*.ok.com'],
    covers: ['a.ok.com:443', 'a.b.ok.com:80'],
    not: ['ok.com:443', 'evilok.com:443', 'ok.com.evil:443'],
  },
  {
    id: 'E03 a port of its own',
    entries: ['ok.com:8443'],
    covers: ['ok.com:8443'],
    not: ['ok.com:443', 'ok.com:8444'],
  },
  {
    id: 'D06 letters beyond a to z',
    entries: ['bücher.example', 'apple.com'],
    covers: ['xn--bcher-kva.example:443', 'apple.com:443'],
    not: ['xn--pple-43d.com:443', 'bucher.example:443'],
  },
  {
    id: 'E03 an address',
    entries: ['8.8.8.8', '[2001:DB8::1]'],
    covers: anything.slice(2),
    not: ['8.8.8.9:443'],
  },
];

describe('AllowedHosts', () => {
  for (const { id, entries, covers = [], not = [] } of cases) {
    it(`${id}: covers ${covers.length > 0 ? covers.join(', ') : 'nothing'}`, () => {
      const allowed = new AllowedHosts(entries);
      const covered = [...covers, ...not].filter((place) => {
        const [, host = '', port] = /^(.*):(\d+)$/.exec(place) ?? [];
        return allowed.covering(host, Number(port)).length > 0;
      });
      assert.deepEqual(covered, covers);
    });
  }
});
