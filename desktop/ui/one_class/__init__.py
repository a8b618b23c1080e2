"""One class: its roster, lessons, grades and leaderboard."""
