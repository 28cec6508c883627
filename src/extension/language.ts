import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

// What the parts below the extension say to people is said in the language of the window. Each bundle has a copy of
// this library, so each imports this file. Texts are looked up when they are said, never while a module loads.
if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
