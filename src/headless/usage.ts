/** How the command line is used; printed by `--help` and after a mistake. */
export const usageText = `tandem: a coding agent for the folder you are in

  tandem exec [PROMPT|-]              run a task; the prompt comes from stdin for - or when piped
  tandem exec resume ID|--last [PROMPT]
  tandem exec review [--uncommitted|--base REF|--commit SHA] [PROMPT|-]
                                      review changes and list findings; nothing is written
  tandem threads list|show ID|audit ID|delete ID
                                      show --json prints the events, --markdown a document;
                                      audit prints every decision, command, write and host as JSON lines

Options of exec
  --json                              events as JSON lines on stdout
  -C, --cd DIR                        the folder to work in
  -m, --model ID                      the model
  -c, --config KEY=VALUE              any setting, such as reasoningEffort=high (repeatable);
                                      limits.tokens, .cost, .minutes and .commands end the turn
  -i, --image FILE                    attach an image (repeatable)
  -s, --sandbox MODE                  read-only, workspace-write or full-access
  --approval POLICY                   untrusted, on-request or never
  --mode MODE                         ask, plan or agent
  --dangerously-bypass-approvals-and-sandbox
                                      run everything without asking and without a sandbox
  --skip-git-repo-check               accepted; a git repository is never required
  -o, --output-last-message FILE      write the final message to a file
  --output-schema FILE                JSON schema the final message must follow
  --ephemeral                         store nothing

Environment: OPENAI_API_KEY, OPENAI_BASE_URL, TANDEM_HOME (where threads are stored)
Exit code: 0 completed, 1 failed, 2 wrong usage, 130 interrupted
`;

/** A mistake on the command line; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
