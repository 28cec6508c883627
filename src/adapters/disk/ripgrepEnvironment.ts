import { absoluteSearchPath } from '../programs/findProgram';

/** Ripgrep needs no environment, so it gets no secrets; only Windows cannot start a program without one. */
export function ripgrepEnvironment(): NodeJS.ProcessEnv {
  return process.platform === 'win32'
    ? { SystemRoot: process.env.SystemRoot }
    : { PATH: absoluteSearchPath(process.env.PATH) };
}
