"use strict";

const vscode = require("vscode");
const { LanguageClient, State } = require("vscode-languageclient/node");

let client;

/** The client for the settings as they are. */
function create() {
  const settings = vscode.workspace.getConfiguration("sslint");
  const server = { command: settings.get("path"), args: ["server", ...settings.get("args")] };
  const options = {
    documentSelector: [
      { language: "apacheconf" },
      { pattern: "**/.sslint.{yaml,yml}" },
    ],
    initializationOptions: { configuration: settings.get("configuration") },
    synchronize: { configurationSection: "sslint" },
  };
  return new LanguageClient("sslint", "sslint", server, options);
}

async function start() {
  client = create();
  try {
    await client.start();
  } catch (error) {
    const path = vscode.workspace.getConfiguration("sslint").get("path");
    vscode.window.showErrorMessage(
      `sslint does not start (${error.message}). Is it installed? "pip install sslint", ` +
        `or name it in the setting sslint.path, which says ${path}.`,
    );
  }
}

async function stop() {
  if (client && client.state !== State.Stopped) {
    await client.stop();
  }
  client = undefined;
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("sslint.restart", restart),
    vscode.commands.registerCommand("sslint.showLog", () => client && client.outputChannel.show()),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("sslint.path") || event.affectsConfiguration("sslint.args")) {
        await restart();
      }
    }),
  );
  await start();
};

exports.deactivate = stop;
