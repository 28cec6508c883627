import assert from 'node:assert/strict';
import { inDemoWindow } from './window';

/** Runs in the page of the view: tries to load a style sheet of the extension as the page loads its own. */
const load = `(path) => new Promise((resolve) => {
  const own = document.querySelector('link[rel=stylesheet]').href;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = own.replace('dist/webview/main.css', path);
  link.onload = () => resolve('loaded');
  link.onerror = () => resolve('refused');
  document.head.append(link);
})`;

describe('the page of the view in a real window', () => {
  it('F02 loads from its bundle, and nothing else of the extension or of the disk', () =>
    inDemoWindow({}, async (window) => {
      await window.openTandem();
      const body = window.view.locator('body');
      const tries = (path: string) =>
        body.evaluate<unknown, unknown>(`(${load})(${JSON.stringify(path)})`);
      assert.equal(await tries('dist/webview/main.css'), 'loaded');
      for (const path of [
        'webview-ui/src/styles/base.css',
        'dist/webview/../../webview-ui/src/styles/base.css',
        'dist/webview/%2e%2e/%2e%2e/webview-ui/src/styles/base.css',
        'dist/webview/..%2f..%2fwebview-ui/src/styles/base.css',
        'dist/webview-other/main.css',
      ]) {
        assert.equal(await tries(path), 'refused', path);
      }
    }));
});
