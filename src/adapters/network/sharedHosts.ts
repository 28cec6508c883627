/**
 * Hosts where anybody can keep something of their own: what is sent there may end up with a stranger, and inside an
 * encrypted connection nobody sees to whom. Names below them count as well.
 */
const sharedHosts: readonly string[] = [
  // Code and packages: cloning and publishing go through the same names.
  ...[
    'github.com',
    'githubusercontent.com',
    'github.io',
    'gitlab.com',
    'gitlab.io',
    'bitbucket.org',
  ],
  ...['codeberg.org', 'sr.ht', 'sourceforge.net', 'dev.azure.com', 'visualstudio.com'],
  ...['registry.npmjs.org', 'registry.yarnpkg.com', 'upload.pypi.org', 'crates.io', 'rubygems.org'],
  ...['hub.docker.com', 'docker.io', 'ghcr.io', 'quay.io', 'huggingface.co', 'nuget.org'],
  // Storage, hosting and functions of the large clouds.
  ...['amazonaws.com', 'cloudfront.net', 'googleapis.com', 'googleusercontent.com', 'appspot.com'],
  ...[
    'run.app',
    'cloudfunctions.net',
    'firebaseio.com',
    'web.app',
    'windows.net',
    'azurewebsites.net',
  ],
  ...[
    'azureedge.net',
    'digitaloceanspaces.com',
    'r2.dev',
    'workers.dev',
    'pages.dev',
    'fastly.net',
  ],
  ...['vercel.app', 'netlify.app', 'herokuapp.com', 'fly.dev', 'onrender.com', 'supabase.co'],
  // Places to drop text and files, to chat and to catch requests.
  ...[
    'pastebin.com',
    'gist.github.com',
    'hastebin.com',
    'transfer.sh',
    'file.io',
    '0x0.st',
    'ix.io',
  ],
  ...['dropbox.com', 'dropboxusercontent.com', 'drive.google.com', 'docs.google.com', 'box.com'],
  ...['discord.com', 'discordapp.com', 'slack.com', 'telegram.org', 'notion.so', 'trello.com'],
  ...['webhook.site', 'requestbin.com', 'pipedream.net', 'ngrok.io', 'ngrok.app', 'ngrok-free.app'],
  ...['trycloudflare.com', 'loca.lt', 'oast.fun', 'interact.sh', 'burpcollaborator.net'],
];

/** True where strangers can keep something of their own under this host. */
export function isSharedHost(host: string): boolean {
  return sharedHosts.some((shared) => host === shared || host.endsWith(`.${shared}`));
}
