/** What the page of the thread view is made of. URIs are the webview's own. */
export interface ViewPage {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** The source under which the webview serves our files. */
  readonly cspSource: string;
  /** Random per load. */
  readonly nonce: string;
  /** Language of the window, such as `en`. */
  readonly language: string;
  /** English texts and what they are in that language; empty where they stay as they are. */
  readonly translations: Readonly<Record<string, string>>;
}

/** The folders of the extension that the page may load from; nothing else of the disk is served to it. */
export const resourceFolders: readonly string[] = ['dist/webview', 'media'];

/**
 * The page of the thread view. Its policy lets it load our own files and nothing else; the network belongs to the
 * host. Lazily loaded parts of the bundle come from `cspSource`, so that stands beside the nonce.
 */
export function viewHtml(page: ViewPage): string {
  const { cspSource, nonce } = page;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `style-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${page.styleUri}">
<title>Tandem</title>
</head>
<body>
<div id="root" data-translations="${attributeText(JSON.stringify(page.translations))}"></div>
<script type="module" nonce="${nonce}" src="${page.scriptUri}"></script>
</body>
</html>`;
}

/** Text that cannot end the attribute it stands in. */
function attributeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
