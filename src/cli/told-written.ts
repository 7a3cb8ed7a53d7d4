/** @returns the line that says where a file was written, in the report's language */
export const toldWritten = (file: string, language: string): string =>
  language === "fr" ? `écrit : ${file}\n` : `wrote ${file}\n`;
