import { Markdown } from "../ui/markdown";

/** What must be done in the other system first; read beside the form. */
export function Guide({ card }: { card: { name: string; guide: string; docs?: string | undefined } }) {
	if (card.guide === "") return null;
	return (
		<aside aria-label={`Before you connect ${card.name}`} className="card-frame self-start p-5 text-[13px]">
			<Markdown text={card.guide} />
			{card.docs && (
				<p className="mt-3">
					<a href={card.docs} target="_blank" rel="noreferrer" className="text-accent underline">
						{card.name}'s own documentation
					</a>
				</p>
			)}
		</aside>
	);
}
