"""I write what a paper or a checklist needs: LaTeX, BibTeX, a sentence, a card, a table of data."""
