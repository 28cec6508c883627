import assert from 'node:assert/strict';
import {
  formatAge,
  formatClock,
  formatCompact,
  formatCost,
  formatDuration,
  splitPath,
} from '../../../webview-ui/src/format';

describe('formats for people', () => {
  it('writes durations and clocks', () => {
    assert.deepEqual([300, 1400, 9949, 41_000, 125_000].map(formatDuration), [
      ...['0.3 s', '1.4 s', '9.9 s', '41 s', '2 min 5 s'],
    ]);
    assert.deepEqual([0, 3999, 760_000].map(formatClock), ['0:00', '0:03', '12:40']);
  });

  it('writes token counts in little room', () => {
    assert.deepEqual([840, 18_240, 999_499, 1_200_000].map(formatCompact), [
      ...['840', '18k', '999k', '1.2M'],
    ]);
  });

  it('writes ages in a word or two', () => {
    const now = Date.UTC(2026, 0, 15, 12);
    const minute = 60_000;
    assert.deepEqual(
      [0, 5 * minute, 180 * minute, 2880 * minute].map((age) => formatAge(now - age, now)),
      ['now', '5 min', '3 h', '2 d'],
    );
  });

  it('writes what something cost, and never that it was free', () => {
    assert.deepEqual([0.0001, 0.0312, 12.4].map(formatCost), ['<$0.01', '$0.03', '$12.40']);
  });

  it('splits a path into folder and name', () => {
    assert.deepEqual(splitPath('src/a/b.js'), { folder: 'src/a/', name: 'b.js' });
    assert.deepEqual(splitPath('b.js'), { folder: '', name: 'b.js' });
  });
});
