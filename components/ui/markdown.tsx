import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";

/** Our own guides as text: headings one level lower than written, links in a new tab, no HTML. */
export function Markdown({ text }: { text: string }) {
	return (
		<ReactMarkdown
			remarkPlugins={[remarkGfm]}
			components={{
				h1: ({ children }) => <h2 className="mb-2 font-semibold text-[15px]">{children}</h2>,
				h2: ({ children }) => <h3 className="mt-4 mb-1 font-semibold">{children}</h3>,
				p: ({ children }) => <p className="my-1.5">{children}</p>,
				ol: ({ children, start }) => (
					<ol start={start} className="my-1.5 list-decimal space-y-1 pl-5">
						{children}
					</ol>
				),
				ul: ({ children }) => <ul className="my-1.5 list-disc space-y-1 pl-5">{children}</ul>,
				a: ({ children, href }) => (
					<a href={href} target="_blank" rel="noreferrer" className="text-accent underline">
						{children}
					</a>
				),
				table: ({ children }) => (
					// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
					<section tabIndex={0} aria-label="Table" className="my-2 overflow-x-auto">
						<table className="w-full text-[12px]">{children}</table>
					</section>
				),
				th: ({ children }) => <th className="border-separator border-b py-1 pr-3 text-left font-medium">{children}</th>,
				td: ({ children }) => <td className="border-separator border-b py-1 pr-3 align-top">{children}</td>,
			}}
		>
			{text}
		</ReactMarkdown>
	);
}
