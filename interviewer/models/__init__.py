"""A chat model to talk to: on a server (Ollama, or OpenAI's protocol) or in this process.

The one seam is `ChatModel`. This room knows nothing of interviews, prompts or grades.
"""
