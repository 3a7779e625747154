// Reads a JSON list of scripts from its input, and writes for each the grammar's mistakes, its tree, and its texts.
const { Language, Parser, Query } = require('web-tree-sitter');
const fs = require('fs');
const path = require('path');

function mistakes(node) {
  const own = node.isError || node.isMissing
    ? [`${node.startPosition.row + 1}:${node.startPosition.column + 1} ${node.isMissing ? 'missing ' + node.type : node.text.slice(0, 60)}`]
    : [];
  return own.concat(...node.children.filter(child => child.hasError || child.isMissing).map(mistakes));
}

(async () => {
  await Parser.init();
  const parser = new Parser();
  const folder = path.dirname(require.resolve('tree-sitter-pwsh/package.json'));
  const language = await Language.load(path.join(folder, 'tree-sitter-powershell.wasm'));
  const texts = new Query(language, '(verbatim_string_characters) @text');
  parser.setLanguage(language);
  const read = script => {
    const tree = parser.parse(script);
    const root = tree.rootNode;
    const read = {
      errors: root.hasError ? mistakes(root) : [],
      shape: root.toString(),
      texts: texts.captures(root).map(capture => capture.node.text),
    };
    tree.delete();
    return read;
  };
  process.stdout.write(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).map(read)));
})();
