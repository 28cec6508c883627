/**
 * What usually holds secrets, in gitignore syntax; compared without case. Later lines win. Names that builds and tests
 * need are left out on purpose: certificates of a test, source files called `credentials.ts`, a project's `.npmrc`.
 */
export const hiddenNames: readonly string[] = [
  ...['*.pem', '*.key', '*.p12', '*.pfx', '*.jks', '*.keystore', '*.ppk'],
  ...['id_rsa*', 'id_dsa*', 'id_ecdsa*', 'id_ed25519*', '!id_*.pub'],
  // Keys that come with a test or a package are nobody's secret, and what is tested needs them.
  ...['test', 'tests', '__tests__', 'spec', 'fixtures', '__fixtures__', 'testdata'].map(
    (folder) => `!**/${folder}/**`,
  ),
  ...['node_modules', 'site-packages', 'dist-packages', 'vendor'].map((name) => `!**/${name}/**`),
  ...['.netrc', '_netrc', '.pypirc', '.git-credentials', '.pgpass', '.my.cnf', '.htpasswd'],
  ...['credentials.json', 'service-account*.json', 'serviceaccount*.json', '*.tfstate'],
  ...['.ssh/', '.aws/', '.gnupg/', '.kube/', '.docker/config.json', '.config/gcloud/'],
  ...['.env', '.env.*', '.envrc'],
  ...['!.env.example', '!.env.sample', '!.env.template', '!.env.dist', '!.env.d.ts'],
];

/** Folders that are not searched for what to hide: large, and not where a person keeps secrets. */
export const unsearchedFolders: readonly string[] = [
  ...['.git', 'node_modules', 'site-packages', 'dist-packages'],
];
