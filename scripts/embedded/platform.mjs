/** Why a binary made for Linux on x86-64 with glibc cannot run here, or undefined when it can. */
export function whyNoLinuxBinary() {
  const here = `${process.platform} ${process.arch}`;
  if (here !== 'linux x64') return `it carries a binary for Linux on x86-64, this is ${here}`;
  const { glibcVersionRuntime } = process.report.getReport().header;
  if (glibcVersionRuntime === undefined) return 'its binary needs glibc, this Linux has another C library';
  return undefined;
}
