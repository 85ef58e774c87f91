/** The way in. There are no screens behind it yet, and it says so. */
export default function Home() {
	return (
		<main>
			<h1>Crossdock</h1>
			<p>The transfer engine is running: its worker downloads, delivers and confirms on schedule.</p>
			<p>
				This version has no screens yet. <a href="/api/health">Health</a>
			</p>
		</main>
	);
}
