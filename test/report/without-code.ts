/** @returns a page without its style and its script, which are the same on every page */
export function withoutCode(page: string): string {
  const script = page.lastIndexOf("<script>");
  const end = page.indexOf("</script></body>", script);
  const bare = script >= 0 && end >= 0 ? page.slice(0, script) + page.slice(end + "</script>".length) : page;
  return bare.replace(/<style>.*?<\/style>/s, "");
}
