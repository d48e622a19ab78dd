/** A cell that no spreadsheet executes, in quotes where it needs them. @param {string | number | undefined} it */
function cell(it) {
  const text = String(it ?? "").replace(/^([\p{Z}\p{Cf}"]*)(?=[=+@\-＝＋－＠])/u, "'$1");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}

/** Saves a table as a file of comma-separated values.
 * @param {string} name of the file @param {(string | number | undefined)[][]} rows the first has the names of the columns */
export function saveTable(name, rows) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(rows.map(it => `${it.map(cell).join(",")}\r\n`), { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
