"""The terminal: showing events, reading answers, slash commands.

The only room that writes to the screen. Text from people, models and files passes `safe` first.
"""
