import * as vscode from 'vscode';
import { speak } from '../base/language';

// What the parts below the extension say to people is said in the language of the window. Each bundle has a copy of
// this library, so each imports this file. Texts are looked up when they are said, never while a module loads.
if (vscode.l10n.bundle) speak(vscode.env.language, vscode.l10n.bundle);
