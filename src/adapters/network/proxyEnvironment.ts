type Variables = Readonly<Record<string, string>>;

/** What is on the command's own machine is reached without the proxy. */
const direct = 'localhost,127.0.0.1,::1';

/** These variables and those that lead programs to the proxy at this port of their loopback. */
export function withProxy(port: number, env: Variables): Variables {
  const address = `http://127.0.0.1:${port}`;
  // Git's settings among them are counted, and stay.
  const settings = Number(env['GIT_CONFIG_COUNT'] ?? 0);
  return {
    ...env,
    ...inBothCases('HTTP_PROXY', address),
    ...inBothCases('HTTPS_PROXY', address),
    ...inBothCases('ALL_PROXY', address),
    ...inBothCases('NO_PROXY', direct),
    // What of the person's own settings would come before those: npm's, yarn's, cargo's, pip's and git's.
    npm_config_proxy: address,
    npm_config_https_proxy: address,
    npm_config_noproxy: direct,
    YARN_HTTP_PROXY: address,
    YARN_HTTPS_PROXY: address,
    CARGO_HTTP_PROXY: address,
    PIP_PROXY: address,
    GIT_CONFIG_COUNT: String(settings + 1),
    [`GIT_CONFIG_KEY_${settings}`]: 'http.proxy',
    [`GIT_CONFIG_VALUE_${settings}`]: address,
    // Node from 24 on asks the environment only where it is told to; others pass it over.
    NODE_USE_ENV_PROXY: '1',
    ELECTRON_GET_USE_PROXY: '1',
  };
}

function inBothCases(name: string, value: string): Record<string, string> {
  return { [name]: value, [name.toLowerCase()]: value };
}
