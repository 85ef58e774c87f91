import { ErrorPanel } from "./error-panel";
import { PageHeader } from "./page-header";

interface PageProblemProps {
	/** The title while there is nothing to name the page by. */
	title: string;
	trail?: { label: string; href: string }[];
	error: unknown;
	retry: () => void;
}

/** A whole page that could not be shown: it still says where one is, and leads back. */
export function PageProblem({ title, trail = [], error, retry }: PageProblemProps) {
	return (
		<>
			<PageHeader title={title} trail={trail} />
			<ErrorPanel error={error} retry={retry} />
		</>
	);
}
