"""The terminal: showing events, reading answers, slash commands; and the pages for a browser.

What is laid out for people comes from here; commands add JSON for programs. Text from people,
models and files passes `safe` first.
"""
